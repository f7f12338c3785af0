package dev.longhaul.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.change.PutDefinitions;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul jobs put}.
 */
@Command(name = "put", header = "Put applications and jobs into the GitOps repository, by a commit.", description = {
		"",
		"A document takes the place of the one of its kind and name, wherever in longhaul/ that is; a new one gets a "
				+ "file of its name. Everything else stays as it is, to the character. All definitions are checked "
				+ "together before anything is pushed, and nothing is ever pushed by force: if somebody else was "
				+ "faster, their change stays.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul jobs put nightly.yaml --url https://gitea.example.org/me/homelab.git --dry-run",
				"  longhaul jobs put nightly.yaml --credentials /etc/longhaul/git --reason 'nights are too short'", "",
				"Exit codes: 0 it is there, 2 it was refused and nothing was changed, 3 the server could not be "
						+ "reached or others were faster again and again." })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without its
									// parameters
final class PutJobsCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(paramLabel = "FILE", description = "The documents.")
	private Path file;

	@Mixin
	private final ChangeOption change = new ChangeOption();

	PutJobsCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		String text = read();
		if (DefinitionReader.readAlone(file.toString(), text) instanceof ReadResult.Refused refused) {
			return change.refuse(refused, surroundings);
		}
		return change.apply(new PutDefinitions(file.toString(), text), surroundings);
	}

	/** As much as shows that there is too much. */
	private String read() {
		try (InputStream content = Files.newInputStream(file)) {
			return new String(content.readNBytes(DefinitionFile.LONGEST + 1), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "'%s' cannot be read: %s".formatted(file, ex),
					"name a file with applications or jobs", ex);
		}
	}

}
