package dev.longhaul.batch.check;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.image.Tools;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.write.BackupMode;
import dev.longhaul.backupstore.write.BackupOrder;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.backupstore.write.SnapshotSource;
import dev.longhaul.backupstore.write.UploadProgress;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Assumptions;

/**
 * A volume with a file system made of a directory, and its way into a bucket.
 */
final class Volume implements SnapshotSource {

	private final Path image;

	private final ByteSize size;

	private Volume(Path image) throws IOException {
		this.image = image;
		this.size = new ByteSize(Files.size(image));
	}

	static Volume ofTree(Path tree, Path image) throws IOException {
		tool("mke2fs", "-q", "-t", "ext4", "-d", tree.toString(), image.toString(), "32M");
		return new Volume(image);
	}

	/** One with these bytes at its start, and nothing else. */
	static Volume beginningWith(byte[] start, Path image) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
			file.setLength(4 << 20);
			file.write(start);
		}
		return new Volume(image);
	}

	/** Runs a program of e2fsprogs; aborts the test if it is not installed. */
	static String tool(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Tools.PLACES.stream()
			.map(place -> place.resolve(program))
			.filter(Files::isExecutable)
			.map(Path::toString)
			.findFirst()
			.orElseGet(() -> {
				System.err.println("[aborted] " + program + " is not installed");
				return Assumptions.abort(program + " is not installed");
			}));
		command.addAll(List.of(arguments));
		File said = File.createTempFile(program, ".out");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
		process.onExit().join();
		String text = Files.readString(said.toPath());
		if (process.exitValue() != 0) {
			throw new IOException(command + ": " + text);
		}
		return text;
	}

	Path image() {
		return image;
	}

	VolumeBackup backUp(ObjectStore store, BackupstoreLayout layout, String claim) {
		VolumeName volume = new VolumeName("pvc-" + claim.replace('/', '-'));
		BackupName backup = new BackupName("backup-1");
		new BackupstoreWriter(store, layout, new LockPace(Duration.ZERO, Duration.ofMinutes(1)), Clock.systemUTC(),
				Pause.real())
			.backup(new BackupOrder(volume, backup, BackupMode.FULL, BlockSize.MIB_2, CompressionMethod.LZ4, Map.of(),
					"", 2), this, UploadProgress.NONE)
			.run();
		return new VolumeBackup(ClaimRef.parse(claim), volume, name(), Instant.EPOCH, backup, size);
	}

	@Override
	public SnapshotName name() {
		return new SnapshotName("snapshot-1");
	}

	@Override
	public ByteSize volumeSize() {
		return size;
	}

	@Override
	public BitSet written(BlockSize blockSize) {
		BitSet all = new BitSet();
		all.set(0, (int) (size.bytes() / blockSize.bytes()));
		return all;
	}

	@Override
	public Optional<BitSet> writtenSince(SnapshotName base, BlockSize blockSize) {
		return Optional.empty();
	}

	@Override
	public void read(long offset, byte[] block) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
			file.seek(offset);
			file.readFully(block);
		}
	}

}
