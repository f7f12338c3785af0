package dev.longhaul.gitops.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.gitops.change.Proposal;
import dev.longhaul.gitops.change.RepositoryFiles;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.jspecify.annotations.Nullable;

/**
 * A file before and after.
 *
 * @param before null if there was none
 */
public record FileChange(String path, @Nullable String before, String after) {

	/** What a proposal does to files. */
	public static List<FileChange> of(RepositoryFiles before, Proposal proposal) {
		List<FileChange> changes = new ArrayList<>();
		proposal.files()
			.forEach((path, text) -> changes.add(new FileChange(path, before.text(path).orElse(null), text)));
		return changes;
	}

	/** As Git shows it. */
	public String diff() {
		RawText old = text((before != null) ? before : "");
		RawText now = text(after);
		EditList edits = DiffAlgorithm.getAlgorithm(DiffAlgorithm.SupportedAlgorithm.HISTOGRAM)
			.diff(RawTextComparator.DEFAULT, old, now);
		ByteArrayOutputStream diff = new ByteArrayOutputStream();
		diff.writeBytes(heading().getBytes(StandardCharsets.UTF_8));
		try (DiffFormatter formatter = new DiffFormatter(diff)) {
			formatter.format(edits, old, now);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return diff.toString(StandardCharsets.UTF_8);
	}

	private String heading() {
		return (before != null) ? "--- a/%s\n+++ b/%s\n".formatted(path, path)
				: "--- /dev/null\n+++ b/%s\n".formatted(path);
	}

	private static RawText text(String text) {
		return new RawText(text.getBytes(StandardCharsets.UTF_8));
	}

}
