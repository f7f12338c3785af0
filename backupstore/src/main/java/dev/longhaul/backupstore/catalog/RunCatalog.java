package dev.longhaul.backupstore.catalog;

import java.time.Duration;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.time.Pause;

/**
 * The nights that a bucket tells of, without any cluster:
 *
 * <pre>
 * &lt;path&gt;longhaul/runs/&lt;job&gt;/&lt;stamp&gt;/
 *     manifest.json
 *     proof.json
 * </pre>
 */
public final class RunCatalog {

	private static final String MANIFEST = "manifest.json";

	private static final String PROOF = "proof.json";

	/** How far back an earlier night still says something. */
	private static final Duration MEMORY = Duration.ofDays(60);

	private final ObjectStore store;

	private final ObjectReader reader;

	private final BackupstoreLayout layout;

	public RunCatalog(ObjectStore store, BackupstoreLayout layout, Pause pause) {
		this.store = store;
		this.reader = new ObjectReader(store, pause);
		this.layout = layout;
	}

	/** Writes a night's manifest, replacing one that is there. */
	public void write(RunManifest manifest) {
		store.put(key(manifest.night(), MANIFEST), RunManifestJson.write(manifest));
	}

	/** Writes a night's proof, replacing one that is there. */
	public void write(RunProof proof) {
		store.put(key(proof.night(), PROOF), RunProofJson.write(proof));
	}

	/**
	 * @throws DamagedData if there is one that cannot be understood
	 */
	public Optional<RunManifest> findManifest(Night night) {
		return find(key(night, MANIFEST), RunManifestJson::read);
	}

	/**
	 * @throws DamagedData if there is one that cannot be understood
	 */
	public Optional<RunProof> findProof(Night night) {
		return find(key(night, PROOF), RunProofJson::read);
	}

	/**
	 * The proof of the last night of the same job before the given one, at most 60 days
	 * back. Costs a get, and a list call for every 500 nights.
	 * @throws DamagedData if there is one that cannot be understood
	 */
	public Optional<RunProof> findProofBefore(Night night) {
		String before = folder(night);
		Night oldest = new Night(night.job(), night.scheduledFor().minus(MEMORY));
		String newest = "";
		Listing listing = new Listing(store, runsPrefix(night), folder(oldest));
		while (listing.hasNext()) {
			String key = listing.next().key();
			if (key.compareTo(before) >= 0) {
				break;
			}
			newest = key.endsWith("/" + PROOF) ? key : newest;
		}
		return newest.isEmpty() ? Optional.empty() : find(newest, RunProofJson::read);
	}

	private <T> Optional<T> find(String key, Parser<T> parser) {
		try {
			Optional<byte[]> bytes = reader.readFully(key, JsonDocument.MAX_BYTES);
			return bytes.isEmpty() ? Optional.empty() : Optional.of(parser.parse(bytes.get()));
		}
		catch (MalformedException | ObjectTooLargeException ex) {
			throw new DamagedData(FailureCode.BACKUP_DAMAGED,
					"%s of %s is not what Longhaul writes there: %s".formatted(key, store.describe(), ex.getMessage()),
					"look at the object; if it was written by a newer Longhaul, use that one", ex);
		}
	}

	private String runsPrefix(Night night) {
		return layout.longhaulPrefix() + "runs/" + night.job() + "/";
	}

	private String folder(Night night) {
		return runsPrefix(night) + night.stamp() + "/";
	}

	private String key(Night night, String file) {
		return folder(night) + file;
	}

	/** Makes a document of bytes. */
	@FunctionalInterface
	private interface Parser<T> {

		T parse(byte[] bytes) throws MalformedException;

	}

}
