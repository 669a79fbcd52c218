"""``casepath serve``: the review app on this machine, or for colleagues on the network."""

import getpass
import sys
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, project_option
from pipeline.errors import PipelineError
from pipeline.settings import Project, open_project


@click.command("serve")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 for any free one."
)
@click.option("--reviewer", default="", help="Your name in decisions; the name you are logged in with when left out.")
@click.option(
    "--host", default="", help="Serve colleagues too: the address to listen on. Reviewers then need accounts."
)
@click.option("--name", "names", multiple=True, help="Name by which colleagues call this machine (with --host).")
@click.option("--certificate", type=click.Path(path_type=Path, exists=True), help="TLS certificate, PEM (with --host).")
@click.option("--private-key", type=click.Path(path_type=Path, exists=True), help="Its private key, PEM.")
@click.option("--behind-proxy", is_flag=True, help="A reverse proxy speaks https to the browsers and http to casepath.")
@click.option("--no-run", is_flag=True, help="Do not bring the outputs up to date first.")
@project_option
def command(
    port: int,
    reviewer: str,
    host: str,
    names: tuple[str, ...],
    certificate: Path | None,
    private_key: Path | None,
    behind_proxy: bool,
    no_run: bool,
    folder: Path,
) -> None:
    """Read, audit and assess the cases in the browser.

    Nothing leaves this machine: the app listens on 127.0.0.1 and answers only the address that it prints. Stop it with
    Ctrl+C; everything decided is saved at once.

    Example: casepath serve --reviewer anna
    """
    from pipeline.rebuild import rebuild
    from pipeline.review.errors import ReviewError
    from pipeline.reviewing import open_review
    from pipeline.web.listening import listen
    from pipeline.web.serving import Door, open_app

    project = open_project(folder)
    if (certificate is None) != (private_key is None):
        raise PipelineError(
            "A certificate and its private key go together, and only one of them was given.",
            hint="Give both --certificate and --private-key, each a PEM file.",
        )
    if host and not (behind_proxy or (certificate and private_key)):
        raise PipelineError(
            "Colleagues would send passwords and case texts in clear over the network.",
            hint="Give --certificate and --private-key, or --behind-proxy with a proxy that speaks https.",
        )
    if not no_run:
        with ProgressLine() as progress:
            rebuild(project, progress=progress)
    _outputs_there(project)
    with open_review(project, create=True) as store:
        if host and not store.accounts.with_password():
            raise ReviewError(
                "No reviewer has a password yet.",
                hint="casepath review add NAME --password asks for one; once for each reviewer.",
            )
        server = listen(host or "127.0.0.1", port, certificate=certificate, private_key=private_key)
        door = Door(host or "127.0.0.1", server.port, names, certificate is not None or behind_proxy, behind_proxy)
        with ProgressLine() as progress:
            app, address = open_app(
                project, store, door, reviewer=reviewer or _user(), shared=bool(host), progress=progress
            )
        click.echo(f"casepath is at\n\n    {address}\n\nStop it with Ctrl+C.")
        sys.stdout.flush()
        server.run(app)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"


def _outputs_there(project: Project) -> None:
    from pipeline.web.opened import SUGGESTIONS

    if not (project.outputs / SUGGESTIONS).is_file():
        raise PipelineError("There are no outputs to review yet.", hint="Run casepath run first.")
