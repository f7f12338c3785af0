package dev.longhaul.backupstore.catalog;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.run.RecordedExports;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RecordedRun;
import dev.longhaul.core.run.Rehearsal;
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
 *     drill.json
 *     exports.json
 * </pre>
 */
public final class RunCatalog {

	/** Each is a get for whoever reads them all. */
	private static final int MOST_NIGHTS = 2000;

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

	/** Its documents one by one. */
	public CatalogDocuments documents() {
		return new CatalogDocuments(this, store, runsPrefix(), seal);
	}

	/** Writes a night's manifest, replacing one that is there. */
	public void write(RunManifest manifest) {
		put(RunDocument.MANIFEST, manifest);
	}

	/** Writes a night's proof, replacing one that is there. */
	public void write(RunProof proof) {
		put(RunDocument.PROOF, proof);
	}

	/** Writes what a run has read back, replacing what it wrote before. */
	public void write(Verification verification) {
		put(RunDocument.VERIFICATION, verification);
	}

	/** Writes what a run has left in a mirror, replacing what it wrote before. */
	public void write(Mirroring mirroring) {
		put(RunDocument.MIRRORING, mirroring);
	}

	/** Writes what a drill has started, replacing what it wrote before. */
	public void write(Rehearsal rehearsal) {
		put(RunDocument.DRILL, rehearsal);
	}

	/** Writes what a night exported, replacing what is there. */
	public void write(RunExports exports) {
		put(RunDocument.EXPORTS, exports);
	}

	/**
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<RecordedManifest> findManifest(Night night) {
		return read(RunDocument.MANIFEST, night).map(found -> new RecordedManifest(found.document(), found.hash()));
	}

	/**
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<RunProof> findProof(Night night) {
		return find(RunDocument.PROOF, night);
	}

	/**
	 * @param run that has read restore points back
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<Verification> findVerification(Night run) {
		return find(RunDocument.VERIFICATION, run);
	}

	/**
	 * @param run that has started restore points
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<Rehearsal> findRehearsal(Night run) {
		return find(RunDocument.DRILL, run);
	}

	/**
	 * @param run that has copied to a mirror
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<Mirroring> findMirroring(Night run) {
		return find(RunDocument.MIRRORING, run);
	}

	/**
	 * What a night exported, whichever manifest it belongs to; empty if nothing.
	 * @throws DamagedData if there is such a document that cannot be understood or
	 * believed
	 */
	public Optional<RunExports> findExports(Night night) {
		return find(RunDocument.EXPORTS, night);
	}

	/**
	 * What a night exported beside the restore points of the manifest that is there;
	 * empty if nothing. Costs two gets.
	 * @throws DamagedData if either cannot be understood or believed, or they do not
	 * belong together
	 */
	public Optional<RunExports> findExportsOfManifest(Night night) {
		return findManifest(night).flatMap(manifest -> findOf(manifest, RunDocument.EXPORTS, RunExports::manifestHash));
	}

	/**
	 * The manifest of the last night of the same job before the given one, at most 60
	 * days back. Costs a get, and a list call for every 500 nights.
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<RecordedManifest> findManifestBefore(Night night) {
		return newestBefore(night, RunDocument.MANIFEST).flatMap(this::findManifest);
	}

	/**
	 * The proof of the last night that was judged before the given one of the same job,
	 * at most 60 days back. Costs a get, and a list call for every 500 nights.
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	public Optional<RunProof> findProofBefore(Night night) {
		return newestBefore(night, RunDocument.PROOF).flatMap(this::findProof);
	}

	/**
	 * The nights of the same job before the given one that have a manifest, newest first:
	 * at most {@value #MOST_NIGHTS}, and at most 60 days back. Costs a list call for
	 * every 500 nights.
	 */
	public List<Night> nightsBefore(Night night) {
		Deque<Night> nights = new ArrayDeque<>();
		forEachBefore(night, RunDocument.MANIFEST, earlier -> {
			nights.addFirst(earlier);
			if (nights.size() > MOST_NIGHTS) {
				nights.removeLast();
			}
		});
		return List.copyOf(nights);
	}

	private Optional<Night> newestBefore(Night night, RunDocument<?> kind) {
		AtomicReference<@Nullable Night> newest = new AtomicReference<>();
		forEachBefore(night, kind, newest::set);
		return Optional.ofNullable(newest.get());
	}

	/** Oldest first, as keys are listed. */
	private void forEachBefore(Night night, RunDocument<?> kind, Consumer<Night> consumer) {
		String before = folder(night);
		Night oldest = new Night(night.job(), night.scheduledFor().minus(MEMORY));
		Listing listing = new Listing(store, runsPrefix(night), folder(oldest));
		while (listing.hasNext()) {
			String key = listing.next().key();
			if (key.compareTo(before) >= 0) {
				break;
			}
			if (key.endsWith("/" + kind.file())) {
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
		List<Rehearsal> rehearsals = new ArrayList<>();
		List<Recorded.Refusal> refusals = new ArrayList<>();
		Set<Night> exporting = new HashSet<>();
		Listing listing = new Listing(store, runsPrefix());
		while (listing.hasNext()) {
			String key = listing.next().key();
			Optional<RunKey> run = RunKey.parse(key, runsPrefix());
			run.filter(RunDocument.EXPORTS::isAt).map(RunKey::night).ifPresent(exporting::add);
			run.filter(RunDocument.MANIFEST::isAt)
				// One that was deleted meanwhile is none.
				.flatMap(found -> believed(key, () -> findManifest(found.night()), refusals))
				.ifPresent(manifest -> runs.add(
						new RecordedRun(manifest, beside(manifest, RunDocument.PROOF, RunProof::manifestHash, refusals),
								exporting.contains(manifest.night())
										? beside(manifest, RunDocument.EXPORTS, RunExports::manifestHash, refusals)
										: null)));
			run.filter(RunDocument.VERIFICATION::isAt)
				.flatMap(found -> believed(key, () -> findVerification(found.night()), refusals))
				.ifPresent(verifications::add);
			run.filter(RunDocument.MIRRORING::isAt)
				.flatMap(found -> believed(key, () -> findMirroring(found.night()), refusals))
				.ifPresent(mirrorings::add);
			run.filter(RunDocument.DRILL::isAt)
				.flatMap(found -> believed(key, () -> findRehearsal(found.night()), refusals))
				.ifPresent(rehearsals::add);
		}
		return new Recorded(runs, verifications, mirrorings, rehearsals, refusals).withoutReplays();
	}

	/**
	 * The nights that have a manifest, by listing alone: what they are worth only
	 * {@link #readAll()} can say. Oldest first within a job.
	 */
	public List<Night> nights() {
		return nightsWith(RunDocument.MANIFEST);
	}

	/**
	 * The nights that have recorded exports, of every job, newest first: at most
	 * {@value #MOST_NIGHTS}. By listing alone, so {@link #findExportsOfManifest} may find
	 * nothing.
	 */
	public List<Night> nightsWithExports() {
		return nightsWith(RunDocument.EXPORTS).stream()
			.sorted(Comparator.comparing(Night::scheduledFor).reversed())
			.limit(MOST_NIGHTS)
			.toList();
	}

	private List<Night> nightsWith(RunDocument<?> kind) {
		List<Night> nights = new ArrayList<>();
		Listing listing = new Listing(store, runsPrefix());
		while (listing.hasNext()) {
			RunKey.parse(listing.next().key(), runsPrefix())
				.filter(kind::isAt)
				.ifPresent(run -> nights.add(run.night()));
		}
		return nights;
	}

	/**
	 * Reads what is recorded of exports, of every job, of the newest
	 * {@value #MOST_NIGHTS} nights. What cannot be understood or believed, or belongs to
	 * another manifest than the one beside it, is told beside it.
	 */
	public RecordedExports readAllExports() {
		List<RunExports> nights = new ArrayList<>();
		List<Recorded.Refusal> refusals = new ArrayList<>();
		for (Night night : nightsWithExports()) {
			believed(key(night, RunDocument.EXPORTS), () -> findExportsOfManifest(night), refusals)
				.ifPresent(nights::add);
		}
		return new RecordedExports(nights, refusals);
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

	private <T> @Nullable T beside(RecordedManifest manifest, RunDocument<T> kind, Function<T, String> manifestHash,
			List<Recorded.Refusal> refusals) {
		return believed(key(manifest.night(), kind), () -> findOf(manifest, kind, manifestHash), refusals).orElse(null);
	}

	/** What speaks of a manifest, if it speaks of this one. */
	private <T> Optional<T> findOf(RecordedManifest manifest, RunDocument<T> kind, Function<T, String> manifestHash) {
		Optional<T> found = find(kind, manifest.night());
		if (found.map(manifestHash).filter(hash -> !hash.equals(manifest.hash())).isPresent()) {
			throw new DamagedData(FailureCode.MANIFEST_REFUSED, refusalOfAnother(manifest.night(), kind).reason(),
					"look at both, and who may write to the bucket; a night that is started again writes both anew");
		}
		return found;
	}

	Recorded.Refusal refusalOfAnother(Night night, RunDocument<?> kind) {
		String key = key(night, kind);
		return new Recorded.Refusal(key,
				"%s of %s belongs to another manifest than the one beside it".formatted(key, store.describe()));
	}

	private <T> void put(RunDocument<T> kind, T document) {
		store.put(key(kind.night().apply(document), kind), seal.close(kind.writer().apply(document)));
	}

	private <T> Optional<T> find(RunDocument<T> kind, Night night) {
		return read(kind, night).map(Found::document);
	}

	/**
	 * @throws DamagedData if there is one that cannot be understood or believed
	 */
	<T> Optional<Found<T>> read(RunDocument<T> kind, Night night) {
		String key = key(night, kind);
		try {
			Optional<byte[]> stored = reader.readFully(key, JsonDocument.MAX_BYTES);
			return stored.isEmpty() ? Optional.empty()
					: Optional.of(new Found<>(kind.read(seal.open(stored.get()), night), Sha256.of(stored.get())));
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

	private String key(Night night, RunDocument<?> kind) {
		return folder(night) + kind.file();
	}

	/**
	 * A document that is believed.
	 *
	 * @param hash of its bytes as they were stored
	 */
	record Found<T>(T document, String hash) {
	}

}
