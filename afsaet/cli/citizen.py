"""`afsaet citizen`: the people who are invited, from the first code to the last trace."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from afsaet.cli.answer import Answer, Table, command

if TYPE_CHECKING:
    from afsaet.municipality import ProfileName

app = typer.Typer(help="Citizens: add, invite, follow, hand over and erase them.", no_args_is_help=True)

Version = Annotated[int | None, typer.Option("--version", help="Which sent version; the latest if not given.")]
CitizenId = Annotated[str, typer.Argument(metavar="ID", help="The citizen's id, as `citizen list` shows it.")]
Dialogue = Annotated[str, typer.Option("--dialogue", help="Which dialogue, such as moede_samtale.")]
Caseworker = Annotated[str, typer.Option("--caseworker", metavar="EMAIL", help="The caseworker's address.")]
OfCaseworker = Annotated[str | None, typer.Option("--caseworker", metavar="EMAIL",
                                                  help="Only of this caseworker's citizens.")]

BEYOND_THE_DATABASE = (
    "The chat itself: what stands on the citizen's phone and with Telegram is theirs to delete.",
    "Documents that were taken out with `afsaet export`, and what is filed on the case, lie where they were put.",
)


@command(app, "add")
def add(
    name: Annotated[str, typer.Option("--name", help="The citizen's name. No CPR number.")],
    caseworker: Caseworker,
    reference: Annotated[str | None, typer.Option("--reference", help="The case's reference. No CPR number.")] = None,
    profile: Annotated[str | None, typer.Option("--profile", help="The text profile, if not the usual one.")] = None,
) -> Answer:
    """Add a citizen. Nothing reaches them before they open an invitation."""
    from afsaet.assistant.casework import caseload
    from afsaet.cli.desk import desk

    given = None if profile is None else _profile(profile)
    with desk() as at, at.database.write() as tx:
        chosen = given or at.municipality.profile
        added = caseload.add_citizen(tx, name, caseworker, at.now, profile=chosen, reference=reference)
    citizen = added.citizen
    data = {"id": citizen.id, "name": citizen.name, "reference": citizen.reference,
            "caseworker": added.caseworker.email}
    return Answer(data, [f"Added {citizen.name} with the id {citizen.id}.",
                         f"`afsaet citizen invite {citizen.id}` makes an invitation."])


@command(app, "list")
def list_all(caseworker: OfCaseworker = None) -> Answer:
    """List citizens, and how far each has come."""
    from afsaet.assistant.casework import appointments, caseload
    from afsaet.assistant.casework.shared import shared_of_each
    from afsaet.cli.desk import desk
    from afsaet.cli.picture import STATES, picture, reach

    with desk() as at:
        with at.database.read() as tx:
            cases = caseload.cases(tx, caseworker)
            meetings = appointments.of_each(tx, caseworker)
            shared = shared_of_each(tx, at.municipality, cases, at.now)
        rows = [[each.citizen.id, each.citizen.name or "", each.citizen.reference or "", each.caseworker.email,
                 STATES[each.plan], reach(each.citizen)] for each in cases]
        table = Table(["Id", "Name", "Reference", "Caseworker", "Plan", "Reached"], rows)
        items = [picture(at, each, meetings.get(each.citizen.id, ()), shared[each.citizen.id]) for each in cases]
        return Answer({"items": items}, [table])


@command(app, "show")
def show(citizen: CitizenId) -> Answer:
    """Show one citizen: what they have sent, their meetings, and what waits for their caseworker."""
    from afsaet.assistant.casework import appointments, caseload
    from afsaet.assistant.casework.shared import shared_of
    from afsaet.cli.desk import desk
    from afsaet.cli.picture import described, picture

    with desk() as at:
        with at.database.read() as tx:
            case = caseload.case(tx, citizen)
            meetings = appointments.of_citizen(tx, citizen)
            shared = shared_of(tx, at.municipality, citizen, at.now)
        return Answer(picture(at, case, meetings, shared), described(at, case, meetings, shared))


@command(app, "move")
def move(citizen: CitizenId, caseworker: Caseworker) -> Answer:
    """Hand a citizen to another caseworker. The citizen is told once, in their chat."""
    from afsaet.assistant.casework import handing_over
    from afsaet.cli.desk import desk

    with desk() as at, at.database.write() as tx:
        case, told = handing_over.move(tx, at.municipality, citizen, caseworker, at.now)
    message = "The citizen will be told in their chat." if told else "There was nothing to tell the citizen."
    return Answer({"id": citizen, "caseworker": case.caseworker.email, "told": told},
                  [f"{case.caseworker.email} is the citizen's caseworker. {message}"])


@command(app, "profile")
def profile(
    citizen: CitizenId,
    to: Annotated[str, typer.Option("--profile", metavar="P", help="The text profile: names, steps and deadlines.")],
) -> Answer:
    """Give a citizen another text profile. Their answers and their place on the way stay."""
    from afsaet.assistant.casework import way
    from afsaet.cli.desk import desk

    chosen = _profile(to)
    with desk() as at:
        with at.database.write() as tx:
            changed = way.change_profile(tx, at.municipality, citizen, chosen, at.now)
            step = way.whereabouts(tx, at.municipality, citizen, at.now).place.step
        done = f"The citizen has the profile {chosen}" + (" now." if changed else " already.")
        return Answer({"id": citizen, "profile": chosen, "changed": changed, "step": step},
                      [f"{done} They are on the step {step}."])


@command(app, "filed")
def filed(
    citizen: CitizenId,
    version: Version = None,
    dialogue: Dialogue = "forberedelse",
) -> Answer:
    """Note that a sent version has been filed on the case. It is deleted here some time afterwards."""
    from afsaet.assistant.casework import caseload
    from afsaet.cli.desk import desk

    with desk() as at:
        with at.database.write() as tx:
            noted = caseload.mark_filed(tx, citizen, at.now, version, dialogue)
        return Answer({"id": citizen, "version": noted.number, "filed_at": at.iso(noted.filed_at)},
                      [f"Version {noted.number} is noted as filed {at.shown(noted.filed_at)}."])


@command(app, "invite")
def invite(
    citizen: CitizenId,
    qr: Annotated[Path | None, typer.Option("--qr", metavar="FILE", dir_okay=False,
                                            help="Draw the link as a QR code: FILE.svg or FILE.png.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="For a citizen who has deleted their name.")] = None,
) -> Answer:
    """Make an invitation. It revokes the citizen's earlier ones."""
    from afsaet.assistant.casework import caseload
    from afsaet.assistant.casework.caseload import Refused
    from afsaet.cli.bot import bot_name
    from afsaet.cli.desk import desk

    if qr is not None and qr.suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter("The file must end with .svg or .png.", param_hint="'--qr'")
    if qr is not None and not qr.absolute().parent.is_dir():
        raise typer.BadParameter("The folder of the file does not exist.", param_hint="'--qr'")
    with desk() as at:
        with at.database.read() as tx:
            caseload.citizen_by(tx, citizen)
        bot, note = bot_name(at.settings)
        if qr is not None and bot is None:
            raise Refused(f"There is no link to draw. {note} No invitation was made.")
        with at.database.write() as tx:
            code, ends = caseload.invite(tx, citizen, at.now, at.municipality.invite_days, name=name)
            link = f"https://t.me/{bot}?start={code}" if bot else None
            if qr is not None:
                _draw(str(link), qr)  # before it is kept: one that cannot be drawn leaves the older in force
        data = {"id": citizen, "code": code, "telegram": link, "page": None, "expires_at": at.iso(ends)}
        shown = [f"Code:    {code}", *([f"Link:    {link}"] if link else []), f"Expires: {at.shown(ends)}"]
        return Answer(data, [*shown, *([f"QR code: {qr}"] if qr else [])], notes=[note] if note else [])


@command(app, "erase")
def erase(
    citizen: CitizenId,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, nothing is erased.")] = False,
) -> Answer:
    """Erase everything that is kept of a citizen, for good."""
    from afsaet.assistant.casework import caseload
    from afsaet.assistant.casework.caseload import Refused
    from afsaet.cli.desk import desk

    with desk() as at:
        if not yes:
            with at.database.read() as tx:
                sent = caseload.case(tx, citizen).versions
            unfiled = sum(version.filed_at is None for version in sent)
            raise Refused(
                "This erases the citizen's name, phone, answers, invitations, tasks and everything they have sent "
                f"(versions: {len(sent)}, not filed: {unfiled}), for good. It does not reach backups, "
                "the chat on the citizen's phone, or documents that have been taken out. Add --yes to do it."
            )
        with at.database.write() as tx:
            caseload.erase(tx, citizen, at.now)
        beyond = [*at.database.scrub(), *BEYOND_THE_DATABASE]
    return Answer({"id": citizen, "erased": True, "not_reached": beyond},
                  ["Everything kept of the citizen is erased. What is not reached from here:",
                   *(f"- {sentence}" for sentence in beyond)])


def _draw(link: str, file: Path) -> None:
    """The link as a QR code, for its owner alone: whoever opens it is the citizen. Raises Refused."""
    from io import BytesIO

    import segno

    from afsaet.assistant.casework.caseload import Refused
    from afsaet.cli.files import write_private

    drawn = BytesIO()
    segno.make(link, micro=False).save(drawn, kind=file.suffix[1:].lower(), scale=8)
    try:
        write_private(file, drawn.getvalue())
    except OSError as error:
        raise Refused(f"The file {file} cannot be written ({error.strerror}). No invitation was made.") from None


def _profile(name: str) -> ProfileName:
    """The profile of that name. Raises BadParameter."""
    from afsaet.municipality import ProfileName as Names

    known: tuple[ProfileName, ...] = get_args(Names)
    for each in known:
        if each == name:
            return each
    raise typer.BadParameter(f"The profiles are {' and '.join(known)}.", param_hint="'--profile'")
