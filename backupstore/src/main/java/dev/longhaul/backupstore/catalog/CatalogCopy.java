package dev.longhaul.backupstore.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.time.Pause;
import org.jspecify.annotations.Nullable;

/**
 * Copies what Longhaul keeps of its runs from one target to another, byte for byte, so
 * that signatures stay valid. In the order of the keys, in which the manifest of a night
 * comes before its proof. A document that is not believed replaces nothing.
 */
public final class CatalogCopy {

	/**
	 * How much younger a copy of the same size must be to be taken for the same unread:
	 * more than the clocks of two stores may differ.
	 */
	private static final Duration CLEARLY_YOUNGER = Duration.ofMinutes(5);

	private final ObjectStore source;

	private final BackupstoreLayout layout;

	private final ObjectStore destination;

	private final BackupstoreLayout layoutThere;

	private final ObjectReader sourceReader;

	private final ObjectReader destinationReader;

	private final Seal seal;

	private final List<Recorded.Refusal> refused = new ArrayList<>();

	private long copied;

	private long held;

	/**
	 * @param layout of the source
	 * @param layoutThere of the destination
	 * @param seal decides what is believed
	 */
	public CatalogCopy(ObjectStore source, BackupstoreLayout layout, ObjectStore destination,
			BackupstoreLayout layoutThere, Pause pause, Seal seal) {
		this.source = source;
		this.layout = layout;
		this.destination = destination;
		this.layoutThere = layoutThere;
		this.sourceReader = new ObjectReader(source, pause);
		this.destinationReader = new ObjectReader(destination, pause);
		this.seal = seal;
	}

	/** Says what there is to copy and copies nothing. */
	public CopiedDocuments plan() {
		return visit((key, content) -> {
		});
	}

	/**
	 * Copies what the destination does not have, or has differently.
	 * @throws dev.longhaul.core.failure.LonghaulException if a side cannot be reached or
	 * refuses
	 */
	public CopiedDocuments run() {
		return visit(destination::put);
	}

	private CopiedDocuments visit(Writer writer) {
		List<ObjectInfo> ours = list(source, RunCatalog.runsPrefix(layout));
		Map<String, ObjectInfo> theirs = new HashMap<>();
		if (!ours.isEmpty()) {
			list(destination, RunCatalog.runsPrefix(layoutThere)).forEach(object -> theirs.put(object.key(), object));
		}
		for (ObjectInfo our : ours) {
			String key = layoutThere.path() + our.key().substring(layout.path().length());
			visit(our, key, theirs.get(key), writer);
		}
		return new CopiedDocuments(copied, held, refused);
	}

	private static List<ObjectInfo> list(ObjectStore store, String prefix) {
		List<ObjectInfo> documents = new ArrayList<>();
		new Listing(store, prefix).forEachRemaining(object -> {
			if (RunKey.parse(object.key(), prefix).filter(run -> run.file().endsWith(".json")).isPresent()) {
				documents.add(object);
			}
		});
		return documents;
	}

	private void visit(ObjectInfo our, String key, @Nullable ObjectInfo their, Writer writer) {
		if (their != null && their.size() == our.size()
				&& their.lastModified().isAfter(our.lastModified().plus(CLEARLY_YOUNGER))) {
			held++;
			return;
		}
		try {
			Optional<byte[]> content = sourceReader.readFully(our.key(), JsonDocument.MAX_BYTES);
			if (content.isPresent()) {
				JsonDocument.read(seal.open(content.get()));
				copy(content.get(), key, their, writer);
			}
		}
		catch (MalformedException | ObjectTooLargeException ex) {
			refused.add(new Recorded.Refusal(our.key(), String.valueOf(ex.getMessage())));
		}
	}

	private void copy(byte[] content, String key, @Nullable ObjectInfo their, Writer writer)
			throws ObjectTooLargeException {
		boolean same = their != null && their.size() == content.length
				&& destinationReader.readFully(key, JsonDocument.MAX_BYTES)
					.filter(there -> Arrays.equals(there, content))
					.isPresent();
		if (same) {
			held++;
		}
		else {
			writer.put(key, content);
			copied++;
		}
	}

	/** Takes what is to be copied. */
	@FunctionalInterface
	private interface Writer {

		void put(String key, byte[] content);

	}

}
