package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.change.SuspendJob;
import dev.longhaul.gitops.change.SuspendJob.Wanted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul jobs resume}.
 */
@Command(name = "resume", header = "Let a paused job start again when it is due, by a commit.", description = { "",
		"Removes 'suspend: true' from the document of the job, and touches nothing else in it, comments included.",
		"" }, footerHeading = "%nExamples:%n", footer = "  longhaul jobs resume nightly --dry-run")
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without its
									// parameters
final class ResumeJobCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(paramLabel = "NAME", description = "The job.")
	private JobName job;

	@Mixin
	private final ChangeOption change = new ChangeOption();

	ResumeJobCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		return change.apply(new SuspendJob(job, Wanted.RUNNING), surroundings);
	}

}
