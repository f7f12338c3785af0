package dev.longhaul.backupstore.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.testing.ForwardingStreamingStore;
import org.threeten.extra.MutableClock;

/**
 * Objects in memory whose transfers break, and which change, when a test wants them to.
 * Its pages are short, so that a listing has several. Every fault that is asked for is
 * counted, so that one that never struck shows.
 */
public final class HeldStore extends ForwardingStreamingStore {

	private static final int PAGE = 3;

	private final ObjectStore objects;

	private final Map<String, AtomicInteger> breaks = new HashMap<>();

	/** What the test says of the object it puts next. */
	private final MutableClock modifiedAt;

	private Consumer<String> onOpen = key -> {
	};

	public HeldStore() {
		this(MutableClock.epochUTC());
	}

	private HeldStore(MutableClock modifiedAt) {
		this(modifiedAt, new InMemoryObjectStore(modifiedAt));
	}

	private HeldStore(MutableClock modifiedAt, InMemoryObjectStore objects) {
		super(objects);
		this.modifiedAt = modifiedAt;
		this.objects = objects;
	}

	public void put(String key, byte[] content, Instant lastModified) {
		modifiedAt.setInstant(lastModified);
		put(key, content);
	}

	public byte[] content(String key) {
		try (StoredObject object = objects.open(key).orElseThrow()) {
			return object.content().readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void remove(String key) {
		if (objects.find(key).isEmpty()) {
			throw new AssertionError("there is no " + key);
		}
		objects.delete(List.of(key));
	}

	public List<String> keys(String prefix) {
		List<String> keys = new ArrayList<>();
		new Listing(objects, prefix).forEachRemaining(object -> keys.add(object.key()));
		return keys;
	}

	/** Is called with every key before it is opened. */
	public void onOpen(Consumer<String> callback) {
		this.onOpen = callback;
	}

	/** The next so many transfers of an object break off half-way. */
	public void breakTransfers(String key, int times) {
		breaks.put(key, new AtomicInteger(times));
	}

	/** Transfers that were to break and have not yet. */
	public int breaksLeft() {
		return breaks.values().stream().mapToInt(AtomicInteger::get).sum();
	}

	@Override
	public String describe() {
		return "held";
	}

	@Override
	public ObjectPage list(String prefix, String startAfter) {
		ObjectPage page = objects.list(prefix, startAfter);
		boolean more = page.truncated() || page.objects().size() > PAGE;
		return new ObjectPage(page.objects().subList(0, Math.min(PAGE, page.objects().size())), more);
	}

	@Override
	public Optional<StoredObject> open(String key) {
		onOpen.accept(key);
		boolean breaking = breaks.containsKey(key) && breaks.get(key).getAndUpdate(left -> Math.max(0, left - 1)) > 0;
		return objects.open(key).map(object -> breaking ? breakingOff(object) : object);
	}

	private static StoredObject breakingOff(StoredObject whole) {
		try (whole) {
			byte[] half = whole.content().readNBytes((int) (whole.info().size() / 2));
			return new StoredObject(whole.info(), new SequenceInputStream(new ByteArrayInputStream(half), new Reset()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The end of a connection. */
	private static final class Reset extends InputStream {

		@Override
		public int read() throws IOException {
			throw new IOException("connection reset");
		}

		@Override
		public int read(byte[] bytes, int from, int length) throws IOException {
			return read();
		}

	}

}
