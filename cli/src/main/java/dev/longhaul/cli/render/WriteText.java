package dev.longhaul.cli.render;

import java.util.List;
import java.util.stream.Collectors;

import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.text.Printable;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.repository.FileChange;
import dev.longhaul.gitops.repository.GitSource;
import dev.longhaul.gitops.repository.WriteResult;

/**
 * What came of a change of the repository, for people.
 */
public final class WriteText {

	private final Style style;

	public WriteText(Style style) {
		this.style = style;
	}

	public String render(WriteResult result, GitSource source) {
		String place = Printable.of(source.toString());
		if (result instanceof WriteResult.Pushed pushed) {
			return "%s %s\n  commit %s on %s\n\n%s".formatted(style.good("●"), Printable.of(pushed.commit().subject()),
					pushed.commit(), place, diff(pushed.files()) + notes(pushed.notes()));
		}
		if (result instanceof WriteResult.Planned planned) {
			return "%s %s\n  not pushed; it would go on top of %s on %s\n\n%s".formatted(style.uncertain("◌"),
					Printable.of(planned.subject()), planned.newest(), place,
					diff(planned.files()) + notes(planned.notes()));
		}
		WriteResult.Unchanged unchanged = (WriteResult.Unchanged) result;
		return "%s nothing to change: it is so already in %s on %s\n".formatted(style.good("●"), unchanged.newest(),
				place);
	}

	public String render(LocalChange change) {
		String place = Printable.of(change.directory().toString());
		if (change.files().isEmpty()) {
			return "%s nothing to change: it is so already in %s\n".formatted(style.good("●"), place);
		}
		String summary = change.onlyPlanned() ? style.uncertain("◌") + " not written to " + place
				: style.good("●") + " written to " + place + ", and not committed";
		return summary + "\n\n" + diff(change.files()) + notes(change.notes());
	}

	/** What is left to the reader. */
	private String notes(List<String> notes) {
		return (notes.isEmpty() ? "" : "\n") + notes.stream()
			.map(note -> style.uncertain("◌") + " " + Printable.of(note) + "\n")
			.collect(Collectors.joining());
	}

	/** As Git shows it. */
	private String diff(List<FileChange> files) {
		return files.stream()
			.flatMap(file -> file.diff().lines())
			.map(line -> painted(style, Printable.of(line)) + "\n")
			.collect(Collectors.joining());
	}

	static String painted(Style style, String line) {
		if (line.startsWith("--- ") || line.startsWith("+++ ")) {
			return style.strong(line);
		}
		if (line.startsWith("+")) {
			return style.good(line);
		}
		return line.startsWith("-") ? style.bad(line) : line;
	}

	/** Each problem as compilers print theirs. */
	public static String refused(WriteResult.Refused refused) {
		return DefinitionsText.refused(new ReadResult.Refused(refused.problems()));
	}

}
