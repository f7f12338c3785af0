package dev.longhaul.backupstore.catalog;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded.Refusal;
import dev.longhaul.core.run.RecordedManifest;

/**
 * The documents of a catalogue one by one, for whoever remembers what they said and reads
 * again only what has changed.
 */
public final class CatalogDocuments {

	private final RunCatalog catalog;

	private final ObjectStore store;

	private final String prefix;

	private final Seal seal;

	CatalogDocuments(RunCatalog catalog, ObjectStore store, String prefix, Seal seal) {
		this.catalog = catalog;
		this.store = store;
		this.prefix = prefix;
		this.seal = seal;
	}

	/** Which of the documents of a night. */
	public enum Kind {

		MANIFEST, PROOF, EXPORTS, VERIFICATION, MIRRORING, DRILL;

		private RunDocument<?> document() {
			return switch (this) {
				case MANIFEST -> RunDocument.MANIFEST;
				case PROOF -> RunDocument.PROOF;
				case EXPORTS -> RunDocument.EXPORTS;
				case VERIFICATION -> RunDocument.VERIFICATION;
				case MIRRORING -> RunDocument.MIRRORING;
				case DRILL -> RunDocument.DRILL;
			};
		}

	}

	/**
	 * A document as a listing names it. Two entries that are equal are of the same
	 * document, unless it was replaced by one of the same size within one tick of the
	 * store's clock.
	 */
	public record Entry(Night night, Kind kind, ObjectInfo object) {

		public String key() {
			return object.key();
		}

	}

	/**
	 * Where they lie and which are believed, in words that change with either: what was
	 * remembered under others says nothing.
	 */
	public String origin() {
		return "%s of %s, %s".formatted(prefix, store.describe(), seal.trust());
	}

	/**
	 * Names every document, in the order of the keys; what is none of ours is passed
	 * over. Costs a list call for every 1,000 objects. Whoever is not thrown out has seen
	 * all there are.
	 */
	public void forEach(Consumer<Entry> consumer) {
		new Listing(store, prefix).forEachRemaining(object -> RunKey.parse(object.key(), prefix)
			.ifPresent(key -> Arrays.stream(Kind.values())
				.filter(kind -> kind.document().isAt(key))
				.forEach(kind -> consumer.accept(new Entry(key.night(), kind, object)))));
	}

	/**
	 * Reads one, for a get.
	 * @return empty if it was deleted since it was listed
	 * @throws dev.longhaul.core.failure.DamagedData if it cannot be understood or
	 * believed
	 */
	public Optional<CatalogDocument> read(Entry entry) {
		Night night = entry.night();
		return switch (entry.kind()) {
			case MANIFEST -> read(RunDocument.MANIFEST, night,
					(manifest, hash) -> new CatalogDocument.Manifest(new RecordedManifest(manifest, hash)));
			case PROOF -> read(RunDocument.PROOF, night, CatalogDocument.Proof::new);
			case EXPORTS -> read(RunDocument.EXPORTS, night, CatalogDocument.Exports::new);
			case VERIFICATION -> read(RunDocument.VERIFICATION, night, CatalogDocument.Answers::new);
			case MIRRORING -> read(RunDocument.MIRRORING, night, CatalogDocument.Copied::new);
			case DRILL -> read(RunDocument.DRILL, night, CatalogDocument.Rehearsed::new);
		};
	}

	private <T> Optional<CatalogDocument> read(RunDocument<T> kind, Night night,
			BiFunction<T, String, CatalogDocument> believed) {
		return catalog.read(kind, night).map(found -> believed.apply(found.document(), found.hash()));
	}

	/**
	 * Why a document that speaks of a manifest is not believed where it speaks of another
	 * one than lies beside it.
	 */
	public Refusal refusalOfAnother(Night night, Kind kind) {
		return catalog.refusalOfAnother(night, kind.document());
	}

}
