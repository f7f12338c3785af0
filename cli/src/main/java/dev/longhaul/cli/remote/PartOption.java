package dev.longhaul.cli.remote;

import java.io.PrintWriter;

import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.core.text.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which part of a list is asked for.
 */
final class PartOption {

	@Option(names = "--limit", paramLabel = "COUNT", description = "How many at most, 1 to 500. Default: 100.")
	private @Nullable Integer limit;

	@Option(names = "--cursor", paramLabel = "CURSOR", description = "Where the part before this one has ended.")
	private @Nullable String cursor;

	ApiPath of(ApiPath list) {
		return list.with("limit", limit).with("cursor", cursor);
	}

	/** Says that there is more, if there is. */
	void note(Answer part, PrintWriter errors) {
		String next = part.object().textOrEmpty("next");
		if (!next.isEmpty()) {
			errors.println("note: there is more; it goes on with --cursor " + Printable.of(next));
			errors.flush();
		}
	}

}
