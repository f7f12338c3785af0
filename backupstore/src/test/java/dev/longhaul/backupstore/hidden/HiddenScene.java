package dev.longhaul.backupstore.hidden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.VersionListing;
import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.Selection;
import dev.longhaul.backupstore.verify.VerificationListener;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.backupstore.write.BackupMode;
import dev.longhaul.backupstore.write.BackupOrder;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.backupstore.write.SnapshotSource;
import dev.longhaul.backupstore.write.UploadProgress;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.threeten.extra.MutableClock;

/**
 * A target in a bucket that keeps versions, in which backups come and go by Longhorn's
 * rules.
 */
final class HiddenScene {

	static final VolumeName VOLUME = new VolumeName("pvc-1");

	static final String TARGET = "s3://backups@region/";

	private static final BlockSize SIZE = BlockSize.MIB_2;

	final MutableClock clock = MutableClock.of(Instant.parse("2026-11-01T10:00:00Z"), ZoneOffset.UTC);

	final BackupstoreLayout layout = new BackupstoreLayout("home/");

	final VersionedStore store;

	private final Pause pause = clock::add;

	private final BackupstoreWriter writer;

	HiddenScene(Function<MutableClock, VersionedStore> store) {
		this.store = store.apply(clock);
		this.writer = new BackupstoreWriter(this.store, layout, LockPace.LONGHORN, clock, pause);
	}

	/**
	 * @param contents the number that tells each block from others
	 */
	void backup(String name, int... contents) {
		BackupOrder order = new BackupOrder(VOLUME, new BackupName(name), BackupMode.FULL, SIZE, CompressionMethod.LZ4,
				Map.of(), "", 1);
		writer.backup(order, new Image(new SnapshotName("of-" + name), contents), UploadProgress.NONE).run();
	}

	void delete(String backup) {
		writer.delete(VOLUME, new BackupName(backup));
	}

	void deleteVolume() {
		writer.delete(VOLUME);
	}

	void letPass(Duration time) {
		clock.add(time);
	}

	String block(int content) {
		return layout.block(VOLUME, Checksum.of(bytes(content), SIZE.bytes()));
	}

	String manifest(String backup) {
		return layout.manifest(VOLUME, new BackupName(backup));
	}

	HiddenVersions hidden() {
		return new HiddenVersions(store, layout, pause);
	}

	HiddenVersions hiddenInSlices(int blocks) {
		return new HiddenVersions(store, layout, pause, blocks);
	}

	HiddenPlan plan(Duration hiddenFor) {
		return hidden().plan(TARGET, clock.instant().minus(hiddenFor));
	}

	List<HiddenRemoval> carryOut(HiddenPlan plan) {
		return hidden().remove(plan.approve(plan.hash()), removal -> {
		});
	}

	/** Everything that is present, byte for byte. */
	Map<String, String> present() {
		Map<String, String> present = new TreeMap<>();
		new Listing(store, "").forEachRemaining(object -> {
			try (StoredObject opened = store.open(object.key()).orElseThrow()) {
				byte[] content = opened.content().readAllBytes();
				present.put(object.key(), Checksum.of(content, content.length).toString());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		return present;
	}

	List<ObjectVersion> versions() {
		List<ObjectVersion> versions = new ArrayList<>();
		new VersionListing(store, "", "").forEachRemaining(versions::add);
		return versions;
	}

	Set<String> proven() {
		if (new Inventory(store, layout).volumesIfAny().isEmpty()) {
			return Set.of();
		}
		return new Verifier(store, layout, clock, pause, new Concurrency(2))
			.verify(new Selection(Set.of(), Set.of()), VerificationListener.NONE)
			.volumes()
			.stream()
			.flatMap(volume -> volume.backups().stream())
			.filter(backup -> backup.state() == BackupReport.State.PROVEN)
			.map(backup -> backup.name().value())
			.collect(Collectors.toSet());
	}

	private static byte[] bytes(int content) {
		return ByteBuffer.allocate(SIZE.bytes()).putInt(SIZE.bytes() / 2, content).array();
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Image(SnapshotName name, int[] contents) implements SnapshotSource {

		@Override
		public ByteSize volumeSize() {
			return new ByteSize((long) contents.length * SIZE.bytes());
		}

		@Override
		public BitSet written(BlockSize blockSize) {
			return IntStream.range(0, contents.length).collect(BitSet::new, BitSet::set, BitSet::or);
		}

		@Override
		public Optional<BitSet> writtenSince(SnapshotName base, BlockSize blockSize) {
			return Optional.empty();
		}

		@Override
		public void read(long offset, byte[] block) {
			System.arraycopy(bytes(contents[(int) (offset / SIZE.bytes())]), 0, block, 0, block.length);
		}

	}

}
