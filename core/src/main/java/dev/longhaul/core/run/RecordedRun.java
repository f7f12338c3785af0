package dev.longhaul.core.run;

import org.jspecify.annotations.Nullable;

/**
 * A night as the bucket tells of it.
 *
 * @param proof null for one that was never judged
 */
public record RecordedRun(RecordedManifest manifest, @Nullable RunProof proof) {

	public Night night() {
		return manifest.night();
	}

}
