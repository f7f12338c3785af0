package dev.longhaul.backupstore.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.testing.ForwardingStreamingStore;
import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.Backupstore;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.backupstore.verify.HeldStore;
import dev.longhaul.backupstore.verify.Selection;
import dev.longhaul.backupstore.verify.VerificationListener;
import dev.longhaul.backupstore.verify.VerificationReport;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source and a destination in memory. Whenever a manifest or a {@code volume.cfg} was
 * put into the destination, what a reader finds there is checked at once.
 */
abstract class MirrorScene {

	static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

	static final String LOCKS = "backupstore/volumes/d0/2f/test-vol/locks/";

	static final BackupstoreLayout COPY = new BackupstoreLayout("copy/of/it/");

	final MutableClock clock = MutableClock.of(NOW, ZoneOffset.UTC);

	final HeldStore source = new HeldStore();

	final Backupstore volume = new Backupstore(source, BlockSize.MIB_2);

	final Destination destination = new Destination(new InMemoryObjectStore(clock));

	/** Is called while something waits. */
	Consumer<Duration> whileWaiting = duration -> {
	};

	final Pause pause = duration -> {
		clock.add(duration);
		whileWaiting.accept(duration);
	};

	/** Remembers what was written to it. */
	final class Destination extends ForwardingStreamingStore {

		final List<String> puts = Collections.synchronizedList(new ArrayList<>());

		final List<String> deletions = Collections.synchronizedList(new ArrayList<>());

		/** Is called with every key before it is put. */
		Consumer<String> beforePut = key -> {
		};

		Destination(StreamingStore store) {
			super(store);
		}

		@Override
		public void put(String key, byte[] content) {
			beforePut.accept(key);
			puts.add(key);
			super.put(key, content);
			if (key.endsWith(".cfg")) {
				assertReadersAreServed();
			}
		}

		@Override
		public ObjectUpload upload(String key) {
			beforePut.accept(key);
			puts.add(key);
			return super.upload(key);
		}

		/** Puts what the mirror did not. */
		void putUnseen(String key, byte[] content) {
			super.put(key, content);
		}

		/** As over a network, where an interrupted thread is not served. */
		@Override
		public void delete(Collection<String> keys) {
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
			deletions.addAll(keys);
			super.delete(keys);
		}

		/** What was put, but for locks. */
		List<String> dataPuts() {
			return puts.stream().filter(key -> !key.endsWith(".lck")).toList();
		}

	}

	void givenTwoBackupsSharingBlocks() {
		for (int block = 1; block <= 4; block++) {
			volume.putBlock(block, CompressionMethod.LZ4);
		}
		putManifest("one", "2026-11-18", 1, 2, 3);
		putManifest("two", "2026-11-19", 1, 2, 4, 4);
		putConfig("two", "2026-11-19", 64);
	}

	void putManifest(String backup, String day, int... blocks) {
		volume.putManifest(backup, CompressionMethod.LZ4, blocks);
		volume.replaceInManifest(backup, "\"CreatedTime\":\"2026-11-20T02:31:00Z\"",
				"\"SnapshotCreatedAt\":\"%1$sT02:30:00Z\",\"CreatedTime\":\"%1$sT02:31:00Z\"".formatted(day));
	}

	void putConfig(String last, String day, int blocks) {
		put(source, volume.configKey(), config(last, day, blocks));
	}

	static String config(String last, String day, int blocks) {
		return """
				{"Name":"test-vol","Size":"%d","Labels":null,"LastBackupName":"%s","LastBackupAt":"%s","Later":{"k":[1,2]},\
				"CompressionMethod":"\\"lz4\\""}"""
			.formatted(blocks * 2097152L, last, day.isEmpty() ? "" : day + "T02:30:00Z");
	}

	void put(ObjectStore store, String key, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (store instanceof HeldStore held) {
			held.put(key, bytes, Backupstore.LONG_AGO);
		}
		else {
			destination.putUnseen(key, bytes);
		}
	}

	/** The same object in the destination. */
	static String there(String key) {
		return "copy/of/it/" + key;
	}

	MirrorReport mirror() {
		return mirror(Healing.TRUST_LISTING, BlockIndex.USUAL_CAPACITY);
	}

	MirrorReport mirror(Healing healing, int indexCapacity) {
		return mirror(source, destination, healing, indexCapacity).run(Set.of(), MirrorListener.NONE);
	}

	Mirror mirror(StreamingStore from, StreamingStore to, Healing healing, int indexCapacity) {
		Mirror.Settings settings = new Mirror.Settings(new Concurrency(3), healing,
				new Patience(Duration.ofSeconds(10), Duration.ofMinutes(5)), LockPace.LONGHORN, indexCapacity,
				Seal.none());
		return new Mirror(new Side(from, new BackupstoreLayout("")), new Side(to, COPY), settings, clock, pause);
	}

	MirroredBackup.State state(MirrorReport report, String backup) {
		return report.volumes()
			.stream()
			.flatMap(mirrored -> mirrored.backups().stream())
			.filter(mirrored -> mirrored.name().value().equals(backup))
			.findFirst()
			.orElseThrow()
			.state();
	}

	/**
	 * Every manifest has all its blocks, and the volume names no backup that is not
	 * there.
	 */
	void assertReadersAreServed() {
		Map<String, byte[]> objects = contents(destination, "copy/");
		if (objects.keySet().stream().noneMatch(key -> key.contains("/backups/"))) {
			assertThat(objects.keySet()).noneMatch(key -> key.endsWith("volume.cfg"));
			return;
		}
		VerificationReport report = verify();
		assertThat(report.backups()).isNotEmpty()
			.allSatisfy(backup -> assertThat(backup.problems()).isEmpty())
			.extracting(BackupReport::state)
			.containsOnly(BackupReport.State.PROVEN);
		byte[] config = objects.get(there(volume.configKey()));
		if (config != null) {
			String last = parse(config).lastBackupName();
			assertThat(last.isEmpty() || objects.containsKey(there(volume.manifestKey(last)))).as(last).isTrue();
		}
	}

	VerificationReport verify() {
		return new Verifier(destination, COPY, clock, pause, new Concurrency(3)).verify(Selection.ALL,
				VerificationListener.NONE);
	}

	VolumeConfig configThere() {
		return parse(contents(destination, there(volume.configKey())).values().iterator().next());
	}

	private static VolumeConfig parse(byte[] config) {
		try {
			return VolumeConfigs.parse(config, Backupstore.VOLUME);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	void assertIsACopy() {
		Map<String, byte[]> copy = new TreeMap<>();
		contents(source, "backupstore/").forEach((key, content) -> copy.put(there(key), content));
		assertThat(contents(destination, "copy/")).containsExactlyInAnyOrderEntriesOf(copy);
	}

	static Map<String, byte[]> contents(ObjectStore store, String prefix) {
		Map<String, byte[]> contents = new TreeMap<>();
		new Listing(store, prefix).forEachRemaining(object -> {
			try (StoredObject opened = store.open(object.key()).orElseThrow()) {
				contents.put(object.key(), opened.content().readAllBytes());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		return contents;
	}

	Stream<String> locksThere() {
		return contents(destination, there(LOCKS)).keySet().stream();
	}

}
