package dev.longhaul.core.run;

/**
 * A manifest as it stands in the bucket.
 *
 * @param hash SHA-256 of its bytes there, in hexadecimal
 */
public record RecordedManifest(RunManifest manifest, String hash) {

	public Night night() {
		return manifest.night();
	}

}
