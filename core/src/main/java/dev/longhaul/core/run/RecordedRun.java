package dev.longhaul.core.run;

import org.jspecify.annotations.Nullable;

/**
 * A night as the bucket tells of it.
 *
 * @param proof null for one that was never judged
 * @param exports null for one that exported nothing
 */
public record RecordedRun(RecordedManifest manifest, @Nullable RunProof proof, @Nullable RunExports exports) {

	public Night night() {
		return manifest.night();
	}

}
