package dev.longhaul.restore.files;

import java.util.List;

import dev.longhaul.backupstore.export.LostBlock;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * What became of a volume.
 *
 * @param fileSystem what is on it, in words; empty if it was not looked at
 * @param size of the volume
 * @param findings what was found out about the file system, or why nothing came out
 * @param tree what came out; null if no tree did
 * @param lostCount blocks that the bucket does not hold any more
 * @param lost the first of them
 * @param image the name of the image that stays in the directory; null if none does
 * @param isThereAlready whether an earlier call brought it
 * @param code why nothing came out; null if something did
 */
public record VolumeOutcome(VolumeOrder order, State state, String fileSystem, ByteSize size, List<String> findings,
		@Nullable TreeReport tree, long lostCount, List<LostBlock> lost, @Nullable String image, boolean isThereAlready,
		@Nullable FailureCode code) {

	public VolumeOutcome {
		findings = List.copyOf(findings);
		lost = List.copyOf(lost);
	}

	/** What it is worth. */
	public enum State {

		/** All of it came out, and its file system was checked and is sound. */
		SOUND("sound"),

		/** It came out, and nobody could look whether its file system is sound. */
		UNCHECKED("not checked"),

		/** Something of it is damaged or lost, and told; the rest came out. */
		DAMAGED("damaged"),

		/** Nothing came out. */
		FAILED("nothing came out");

		private final String word;

		State(String word) {
			this.word = word;
		}

		public String word() {
			return word;
		}

	}

	VolumeOutcome thereAlready() {
		return new VolumeOutcome(order, state, fileSystem, size, findings, tree, lostCount, lost, image, true, code);
	}

}
