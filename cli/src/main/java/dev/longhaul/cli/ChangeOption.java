package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.DefinitionsText;
import dev.longhaul.cli.render.LocalChange;
import dev.longhaul.cli.render.WriteJson;
import dev.longhaul.cli.render.WriteText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.change.EditedFiles;
import dev.longhaul.gitops.change.Proposal;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.change.WorkTree;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.repository.Author;
import dev.longhaul.gitops.repository.FileChange;
import dev.longhaul.gitops.repository.GitSource;
import dev.longhaul.gitops.repository.RepositoryWriter;
import dev.longhaul.gitops.repository.WriteResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How a repository is changed, and what is said of it: the same for every command that
 * does.
 */
final class ChangeOption {

	private static final int LONGEST_REASON = 4000;

	@Mixin
	private final RepositoryOption repository = new RepositoryOption();

	@Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever reads the history.")
	private String reason = "";

	@Option(names = "--author", paramLabel = "AUTHOR",
			description = "As 'Ada <ada@example.org>'. Default: the variables GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL, "
					+ "or else Longhaul.")
	private @Nullable String author;

	@Option(names = "--dry-run", description = "Show the difference, and change nothing.")
	private boolean dryRun;

	@Mixin
	private final FormatOption format = new FormatOption();

	/**
	 * @return the exit status
	 */
	int apply(RepositoryChange change, Surroundings surroundings) {
		if (reason.length() > LONGEST_REASON) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"the reason has more than %d characters".formatted(LONGEST_REASON), "say it in fewer");
		}
		GitSource source = repository.source(surroundings);
		Author who = author(surroundings.environment());
		WriteResult result;
		try (RepositoryWriter writer = repository.open(source, surroundings)) {
			result = dryRun ? writer.plan(change) : writer.write(change, who, reason);
		}
		return report(result, source, surroundings);
	}

	/**
	 * Changes the files of a clone, and commits nothing.
	 * @return the exit status
	 */
	int applyTo(Path clone, RepositoryChange change, Surroundings surroundings) {
		if (repository.isNamed()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "--repo and --url are two repositories",
					"name the one that is to be changed");
		}
		WorkTree tree = new WorkTree(clone);
		Proposal proposal = change.apply(tree);
		ReadResult after = DefinitionReader.read(new EditedFiles(tree, proposal.files()).definitions());
		if (after instanceof ReadResult.Refused refused) {
			return refuse(refused, surroundings);
		}
		List<FileChange> files = FileChange.of(tree, proposal);
		if (!dryRun) {
			tree.write(proposal.files());
		}
		LocalChange done = new LocalChange(clone, dryRun, files, proposal.notes());
		if (format.isJson()) {
			WriteJson.write(done, surroundings.output());
		}
		else {
			surroundings.output().print(new WriteText(surroundings.style()).render(done));
		}
		return ExitStatus.PROVEN.code();
	}

	/**
	 * Of definitions that have a mistake.
	 * @return the exit status
	 */
	int refuse(ReadResult.Refused refused, Surroundings surroundings) {
		if (format.isJson()) {
			WriteJson.write(refused, surroundings.output());
		}
		else {
			surroundings.errors().print(DefinitionsText.refused(refused));
			surroundings.errors().flush();
		}
		return ExitStatus.USAGE.code();
	}

	private Author author(Map<String, String> environment) {
		String name = environment.getOrDefault("GIT_AUTHOR_NAME", "");
		String email = environment.getOrDefault("GIT_AUTHOR_EMAIL", "");
		if (author != null) {
			return Author.parse(author);
		}
		return (name.isEmpty() || email.isEmpty()) ? Author.LONGHAUL : Author.parse(name + " <" + email + ">");
	}

	private int report(WriteResult result, GitSource source, Surroundings surroundings) {
		boolean refused = result instanceof WriteResult.Refused;
		if (format.isJson()) {
			WriteJson.write(result, source, surroundings.output());
		}
		else if (refused) {
			surroundings.errors().print(WriteText.refused((WriteResult.Refused) result));
			surroundings.errors().flush();
		}
		else {
			surroundings.output().print(new WriteText(surroundings.style()).render(result, source));
		}
		return (refused ? ExitStatus.USAGE : ExitStatus.PROVEN).code();
	}

}
