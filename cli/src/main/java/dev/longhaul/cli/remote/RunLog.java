package dev.longhaul.cli.remote;

import java.util.List;
import java.util.function.Consumer;

import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The log of a run, read from where it was left.
 */
final class RunLog {

	private final Remote remote;

	private final String id;

	private long next;

	/**
	 * @param from the number of the first line
	 */
	RunLog(Remote remote, String id, long from) {
		this.remote = remote;
		this.id = id;
		this.next = from;
	}

	/**
	 * Takes a line that was told outside of the log, in its turn; lines between are read.
	 */
	void take(long number, Fields told, Consumer<Fields> line) {
		if (number == next) {
			next++;
			line.accept(told);
		}
		else if (number > next) {
			readOn(line);
		}
	}

	/**
	 * Reads what has come since, in as many parts as it takes: a log is bounded by the
	 * server.
	 */
	void readOn(Consumer<Fields> line) {
		for (Long more = next; more != null;) {
			Answer part = remote.get(ApiPath.of("runs", id, "log").with("from", more));
			List<Fields> lines = part.items();
			lines.forEach(line);
			if (!lines.isEmpty()) {
				next = lines.get(lines.size() - 1).number("number") + 1;
			}
			more = lines.isEmpty() ? null : part.object().numberOrNull("next");
		}
	}

}
