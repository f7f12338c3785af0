package dev.longhaul.backupstore.catalog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.run.RecordedExports;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RecordedRun;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.time.Pause;
import org.jspecify.annotations.Nullable;

/**
 * The nights that a bucket tells of, and what later runs have found out about them,
 * without any cluster:
 *
 * <pre>
 * &lt;path&gt;longhaul/runs/&lt;job&gt;/&lt;stamp&gt;/
 *     manifest.json
 *     proof.json
 *     verification.json
 *     mirroring.json
 *     exports.json
 * </pre>
 */
public final class RunCatalog {

	private static final String MANIFEST = "manifest.json";

	private static final String PROOF = "proof.json";

	private static final String VERIFICATION = "verification.json";

	private static final String MIRRORING = "mirroring.json";

	/** Each is a get for whoever reads them all. */
	private static final int MOST_NIGHTS = 2000;

	private static final String EXPORTS = "exports.json";

	/** How far back an earlier night still says something. */
	private static final Duration MEMORY = Duration.ofDays(60);

	private final ObjectStore store;

	private final ObjectReader reader;

	private final BackupstoreLayout layout;

	private final Seal seal;

	/**
	 * @param seal signs what is written, and decides what is believed
	 */
	public RunCatalog(ObjectStore store, BackupstoreLayout layout, Pause pause, Seal seal) {
		this.store = store;
		this.reader = new ObjectReader(store, pause);
		this.layout = layout;
		this.seal = seal;
	}

	/** Writes a night's manifest, replacing one that is there. */
	public void write(RunManifest manifest) {
		store.put(key(manifest.night(), MANIFEST), seal.close(RunManifestJson.write(manifest)));
	}

	/** Writes a night's proof, replacing one that is there. */
	public void write(RunProof proof) {
		store.put(key(proof.night(), PROOF), seal.close(RunProofJson.write(proof)));
	}

	/** Writes what a run has read back, replacing what it wrote before. */
	public void write(Verification verification) {
		store.put(key(verification.run(), VERIFICATION), seal.close(VerificationJson.write(verification)));
	}

	/** Writes what a run has left in a mirror, replacing what it wrote before. */
	public void write(Mirroring mirroring) {
		store.put(key(mirroring.run(), MIRRORING), seal.close(MirroringJson.write(mirroring)));
	}

	/** Writes what a night exported, replacing what is there. */
	public void write(RunExports exports) {
		store.put(key(exports.night(), EXPORTS), seal.close(RunExportsJson.write(exports)));
	}

	/**
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<RecordedManifest> findManifest(Night night) {
		return find(key(night, MANIFEST), bytes -> manifest(night, bytes));
	}

	/**
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<RunProof> findProof(Night night) {
		return find(key(night, PROOF), bytes -> proof(night, bytes));
	}

	/**
	 * @param run that has read restore points back
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<Verification> findVerification(Night run) {
		return find(key(run, VERIFICATION), bytes -> verification(run, bytes));
	}

	/**
	 * @param run that has copied to a mirror
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<Mirroring> findMirroring(Night run) {
		return find(key(run, MIRRORING), bytes -> mirroring(run, bytes));
	}

	/**
	 * What a night exported; empty if nothing.
	 * @throws DamagedData if there is such a document that cannot be understood or
	 * believed
	 */
	public Optional<RunExports> findExports(Night night) {
		return find(key(night, EXPORTS), bytes -> exports(night, bytes));
	}

	/**
	 * The manifest of the last night of the same job before the given one, at most 60
	 * days back. Costs a get, and a list call for every 500 nights.
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<RecordedManifest> findManifestBefore(Night night) {
		return newestBefore(night, MANIFEST).flatMap(this::findManifest);
	}

	/**
	 * The proof of the last night that was judged before the given one of the same job,
	 * at most 60 days back. Costs a get, and a list call for every 500 nights.
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<RunProof> findProofBefore(Night night) {
		return newestBefore(night, PROOF).flatMap(this::findProof);
	}

	/**
	 * The nights of the same job before the given one that have a manifest, newest first:
	 * at most {@value #MOST_NIGHTS}, and at most 60 days back. Costs a list call for
	 * every 500 nights.
	 */
	public List<Night> nightsBefore(Night night) {
		Deque<Night> nights = new ArrayDeque<>();
		forEachBefore(night, MANIFEST, earlier -> {
			nights.addFirst(earlier);
			if (nights.size() > MOST_NIGHTS) {
				nights.removeLast();
			}
		});
		return List.copyOf(nights);
	}

	private Optional<Night> newestBefore(Night night, String file) {
		AtomicReference<@Nullable Night> newest = new AtomicReference<>();
		forEachBefore(night, file, newest::set);
		return Optional.ofNullable(newest.get());
	}

	/** Oldest first, as keys are listed. */
	private void forEachBefore(Night night, String file, Consumer<Night> consumer) {
		String before = folder(night);
		Night oldest = new Night(night.job(), night.scheduledFor().minus(MEMORY));
		Listing listing = new Listing(store, runsPrefix(night), folder(oldest));
		while (listing.hasNext()) {
			String key = listing.next().key();
			if (key.compareTo(before) >= 0) {
				break;
			}
			if (key.endsWith("/" + file)) {
				RunKey.parse(key, runsPrefix()).map(RunKey::night).ifPresent(consumer);
			}
		}
	}

	/**
	 * Reads everything that is recorded, of every job, oldest night first within a job.
	 * What cannot be understood or believed is told beside it.
	 */
	public Recorded readAll() {
		List<RecordedRun> runs = new ArrayList<>();
		List<Verification> verifications = new ArrayList<>();
		List<Mirroring> mirrorings = new ArrayList<>();
		List<Recorded.Refusal> refusals = new ArrayList<>();
		Listing listing = new Listing(store, runsPrefix());
		while (listing.hasNext()) {
			String key = listing.next().key();
			Optional<RunKey> run = RunKey.parse(key, runsPrefix());
			run.filter(found -> found.file().equals(MANIFEST))
				// One that was deleted meanwhile is none.
				.flatMap(found -> believed(key, () -> findManifest(found.night()), refusals))
				.ifPresent(manifest -> runs.add(new RecordedRun(manifest, proofOf(manifest, refusals))));
			run.filter(found -> found.file().equals(VERIFICATION))
				.flatMap(found -> believed(key, () -> findVerification(found.night()), refusals))
				.ifPresent(verifications::add);
			run.filter(found -> found.file().equals(MIRRORING))
				.flatMap(found -> believed(key, () -> findMirroring(found.night()), refusals))
				.ifPresent(mirrorings::add);
		}
		return new Recorded(runs, verifications, mirrorings, refusals).withoutReplays();
	}

	/**
	 * The nights that have a manifest, by listing alone: what they are worth only
	 * {@link #readAll()} can say. Oldest first within a job.
	 */
	public List<Night> nights() {
		List<Night> nights = new ArrayList<>();
		Listing listing = new Listing(store, runsPrefix());
		while (listing.hasNext()) {
			RunKey.parse(listing.next().key(), runsPrefix())
				.filter(run -> run.file().equals(MANIFEST))
				.ifPresent(run -> nights.add(run.night()));
		}
		return nights;
	}

	/**
	 * Reads what is recorded of exports, of every job. What cannot be understood or
	 * believed, or belongs to another manifest than the one beside it, is told beside it.
	 */
	public RecordedExports readAllExports() {
		List<RunExports> nights = new ArrayList<>();
		List<Recorded.Refusal> refusals = new ArrayList<>();
		Listing listing = new Listing(store, runsPrefix());
		while (listing.hasNext()) {
			String key = listing.next().key();
			RunKey.parse(key, runsPrefix())
				.filter(run -> run.file().equals(EXPORTS))
				.ifPresent(run -> readExports(key, run.night(), nights, refusals));
		}
		return new RecordedExports(nights, refusals);
	}

	private void readExports(String key, Night night, List<RunExports> nights, List<Recorded.Refusal> refusals) {
		try {
			Optional<RunExports> exports = findExports(night);
			Optional<String> manifest = findManifest(night).map(RecordedManifest::hash);
			if (exports.isPresent() && manifest.filter(exports.get().manifestHash()::equals).isEmpty()) {
				refusals.add(new Recorded.Refusal(key, "it belongs to another manifest than the one beside it"));
				return;
			}
			exports.ifPresent(nights::add);
		}
		catch (DamagedData ex) {
			refusals.add(new Recorded.Refusal(key, ex.fact()));
		}
	}

	private static <T> Optional<T> believed(String key, Supplier<Optional<T>> document,
			List<Recorded.Refusal> refusals) {
		try {
			return document.get();
		}
		catch (DamagedData ex) {
			refusals.add(new Recorded.Refusal(key, ex.fact()));
			return Optional.empty();
		}
	}

	private @Nullable RunProof proofOf(RecordedManifest manifest, List<Recorded.Refusal> refusals) {
		String key = key(manifest.night(), PROOF);
		try {
			RunProof proof = findProof(manifest.night()).orElse(null);
			if (proof == null || proof.manifestHash().equals(manifest.hash())) {
				return proof;
			}
			refusals.add(new Recorded.Refusal(key, "it judges another manifest than the one beside it"));
		}
		catch (DamagedData ex) {
			refusals.add(new Recorded.Refusal(key, ex.fact()));
		}
		return null;
	}

	private RecordedManifest manifest(Night night, byte[] stored) throws MalformedException {
		RunManifest manifest = RunManifestJson.read(seal.open(stored));
		requireItsOwn(night, manifest.night());
		return new RecordedManifest(manifest, sha256(stored));
	}

	private RunProof proof(Night night, byte[] stored) throws MalformedException {
		RunProof proof = RunProofJson.read(seal.open(stored));
		requireItsOwn(night, proof.night());
		return proof;
	}

	private Verification verification(Night run, byte[] stored) throws MalformedException {
		Verification verification = VerificationJson.read(seal.open(stored));
		requireItsOwn(run, verification.run());
		return verification;
	}

	private Mirroring mirroring(Night run, byte[] stored) throws MalformedException {
		Mirroring mirroring = MirroringJson.read(seal.open(stored));
		requireItsOwn(run, mirroring.run());
		return mirroring;
	}

	private RunExports exports(Night night, byte[] stored) throws MalformedException {
		RunExports exports = RunExportsJson.read(seal.open(stored));
		requireItsOwn(night, exports.night());
		return exports;
	}

	/** A document of another night, signed as it is, proves nothing of this one. */
	private static void requireItsOwn(Night wanted, Night found) throws MalformedException {
		if (!found.equals(wanted)) {
			throw new MalformedException("it is the one of %s".formatted(found));
		}
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	private <T> Optional<T> find(String key, Parser<T> parser) {
		try {
			Optional<byte[]> bytes = reader.readFully(key, JsonDocument.MAX_BYTES);
			return bytes.isEmpty() ? Optional.empty() : Optional.of(parser.parse(bytes.get()));
		}
		catch (MalformedException | ObjectTooLargeException ex) {
			throw new DamagedData(FailureCode.MANIFEST_REFUSED,
					"%s of %s is not what Longhaul wrote there: %s".formatted(key, store.describe(), ex.getMessage()),
					"look at the object, and who may write to the bucket; if it was written by a newer Longhaul, use "
							+ "that one",
					ex);
		}
	}

	private String runsPrefix() {
		return runsPrefix(layout);
	}

	/** Everything that is recorded of runs lies below it. */
	static String runsPrefix(BackupstoreLayout layout) {
		return layout.longhaulPrefix() + "runs/";
	}

	private String runsPrefix(Night night) {
		return runsPrefix() + night.job() + "/";
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
