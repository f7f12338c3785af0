package dev.longhaul.backupstore.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.backupstore.file.NewFile;
import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockConsumer;
import dev.longhaul.backupstore.format.BlockFinding;
import dev.longhaul.backupstore.format.BlockListFacts;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.ReadManifest;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.NearNames;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.pipeline.BlockPipeline;
import dev.longhaul.backupstore.pipeline.BlockSink;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.pipeline.WantedBlock;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * Rebuilds a backup as a raw sparse image: byte for byte the device Longhorn would
 * restore, without Longhorn. Every block is checked before it is written, and the image
 * appears under its name only when it is whole.
 */
public final class Export {

	/** Entries of the block list held at once, in 40 MiB; longer lists are read again. */
	private static final int STRETCH = 1 << 20;

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	private final ObjectReader reader;

	private final BlockPipeline pipeline;

	private final int stretch;

	public Export(ObjectStore store, BackupstoreLayout layout, Pause pause, Concurrency concurrency) {
		this(store, layout, pause, concurrency, STRETCH);
	}

	Export(ObjectStore store, BackupstoreLayout layout, Pause pause, Concurrency concurrency, int stretch) {
		this.store = store;
		this.layout = layout;
		this.reader = new ObjectReader(store, pause);
		this.pipeline = new BlockPipeline(store, layout, pause, concurrency);
		this.stretch = stretch;
	}

	/**
	 * Exports one backup.
	 * @param target must not exist; its directory must
	 * @throws RefusedRequest if there is no such backup, it is not finished, the volume
	 * lies on a backing image, or the file cannot be written
	 * @throws DamagedData if a block or the manifest is not what it should be; nothing is
	 * left behind then
	 */
	public ExportReport export(VolumeName volume, BackupName backup, Path target, ExportListener listener) {
		return export(volume, backup, target, LostBlocks.ARE_REFUSED, listener);
	}

	/**
	 * Exports one backup, or what is left of it.
	 * @param target must not exist; its directory must
	 * @param losses what becomes of the image if a block is damaged or missing. One that
	 * cannot be fetched right now is neither
	 * @throws RefusedRequest as
	 * {@link #export(VolumeName, BackupName, Path, ExportListener)}
	 * @throws DamagedData if the manifest is not what it should be, or a block is not and
	 * that is refused; nothing is left behind then
	 */
	public ExportReport export(VolumeName volume, BackupName backup, Path target, LostBlocks losses,
			ExportListener listener) {
		Source source = open(volume, backup);
		ReadManifest read = source.read();
		listener.planned(read.blocks().count());
		try (NewFile image = NewFile.create(target, source.content())) {
			image.extend(source.config().size());
			ImageWriter writer = new ImageWriter(image, layout, read.manifest(), losses, listener);
			for (long first = 0; first < read.blocks().count(); first += stretch) {
				writeStretch(read.manifest(), first, writer);
			}
			image.publish();
			return new ExportReport(target, source.config().size(), read.blocks().count(),
					new ByteSize(writer.fetched()), writer.lost());
		}
		catch (IOException ex) {
			throw NewFile.refused(target, ex);
		}
	}

	/**
	 * Looks at a backup before it is exported: reads what is known of it, and its first
	 * block.
	 * @throws RefusedRequest as
	 * {@link #export(VolumeName, BackupName, Path, ExportListener)}
	 * @throws DamagedData if its manifest is not what it should be
	 */
	public ExportOutlook look(VolumeName volume, BackupName backup) {
		Source source = open(volume, backup);
		return new ExportOutlook(source.config().size(), source.content(), beginning(source.read().manifest()));
	}

	/** Zeros if nothing was written there; empty if it cannot be known. */
	private byte[] beginning(BackupManifest manifest) {
		List<WantedBlock> first = new ArrayList<>();
		readManifest(manifest.volume(), manifest.name(), (offset, checksum) -> {
			if (offset == 0 && first.isEmpty()) {
				first.add(new WantedBlock(0, checksum, Set.of(manifest.compression())));
			}
		});
		byte[][] found = { first.isEmpty() ? new byte[manifest.blockSize().bytes()] : new byte[0] };
		try {
			pipeline.run(manifest.volume(), manifest.blockSize(), first.iterator(), new BlockSink() {

				@Override
				public void read(WantedBlock block, long storedSize, BlockFinding finding) {
					if (finding instanceof BlockFinding.Intact intact) {
						found[0] = intact.content().clone();
					}
				}

				@Override
				public void missing(WantedBlock block) {
					// The export says so, and what comes of it.
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found[0];
	}

	private Source open(VolumeName volume, BackupName backup) {
		requirePresent(volume, backup);
		VolumeConfig config = readConfig(volume);
		requireNoBackingImage(config);
		ReadManifest read = readManifest(volume, backup, BlockConsumer.NONE);
		requireExportable(read, config);
		return new Source(config, read);
	}

	private void requirePresent(VolumeName volume, BackupName backup) {
		Inventory inventory = new Inventory(store, layout);
		Optional<VolumeFolder> folder = inventory.volume(volume);
		if (folder.isEmpty()) {
			List<String> names = inventory.volumes().stream().map(other -> other.volume().value()).toList();
			throw new RefusedRequest(FailureCode.VOLUME_NOT_FOUND, "the target holds no volume '%s'".formatted(volume),
					new NearNames(names).hint(volume.value()));
		}
		if (folder.get().find(backup).isEmpty()) {
			List<String> names = folder.get().manifests().stream().map(other -> other.backup().value()).toList();
			throw new RefusedRequest(FailureCode.BACKUP_NOT_FOUND,
					"volume '%s' has no backup '%s'".formatted(volume, backup),
					new NearNames(names).hint(backup.value()));
		}
	}

	private VolumeConfig readConfig(VolumeName volume) {
		String key = layout.volumeConfig(volume);
		try {
			return new VolumeConfigs(reader, layout).read(volume)
				.orElseThrow(() -> damaged("%s is missing, so the volume's size is not known".formatted(key)));
		}
		catch (MalformedException ex) {
			throw damaged("%s cannot be read: %s".formatted(key, ex.getMessage()));
		}
	}

	private static void requireNoBackingImage(VolumeConfig config) {
		if (!config.backingImage().isEmpty()) {
			throw new RefusedRequest(FailureCode.BACKING_IMAGE_REQUIRED,
					"volume '%s' lies on the backing image '%s'; its blocks alone are not its content"
						.formatted(config.name(), config.backingImage()),
					"restore it with Longhorn, which lays the image under the blocks");
		}
	}

	private ReadManifest readManifest(VolumeName volume, BackupName backup, BlockConsumer consumer) {
		String key = layout.manifest(volume, backup);
		return reader.read(key, object -> {
			try {
				return BackupManifestParser.parse(object.content(), volume, backup, consumer);
			}
			catch (MalformedException ex) {
				throw damaged("%s cannot be read: %s".formatted(key, ex.getMessage()));
			}
		}).orElseThrow(() -> damaged("%s was deleted meanwhile".formatted(key)));
	}

	private static void requireExportable(ReadManifest read, VolumeConfig config) {
		BackupManifest manifest = read.manifest();
		BlockListFacts blocks = read.blocks();
		if (!manifest.isFinished()) {
			throw new RefusedRequest(FailureCode.BACKUP_IN_PROGRESS,
					"backup '%s' was never finished".formatted(manifest.name()),
					"choose another; Longhorn itself would restore this one to nothing but zeros");
		}
		if (!manifest.singleFile().isEmpty()) {
			throw damaged("backup '%s' is in Longhorn's first format, which is not read".formatted(manifest.name()));
		}
		if (!blocks.fault().isEmpty()) {
			throw damaged("the block list of '%s' is wrong: %s".formatted(manifest.name(), blocks.fault()));
		}
		if (blocks.end() > config.size().bytes()) {
			throw damaged("the last block of '%s' ends at %d, beyond the volume's %d bytes".formatted(manifest.name(),
					blocks.end(), config.size().bytes()));
		}
		long stated = manifest.size().bytes();
		if (stated != blocks.count() * manifest.blockSize().bytes()) {
			throw damaged("backup '%s' states %d bytes and lists %d blocks".formatted(manifest.name(), stated,
					blocks.count()));
		}
	}

	private void writeStretch(BackupManifest manifest, long first, ImageWriter writer) throws IOException {
		BlockList list = new BlockList();
		Checksum zeros = ZeroBlocks.checksum(manifest.blockSize());
		long[] position = { 0 };
		reader.read(layout.manifest(manifest.volume(), manifest.name()), object -> {
			list.clear();
			position[0] = 0;
			return parseAgain(manifest, object.content(), (offset, checksum) -> {
				long at = position[0]++;
				if (at >= first && at < first + stretch && !checksum.equals(zeros)) {
					list.add(offset, checksum);
				}
			});
		});
		writer.begin(list);
		pipeline.run(manifest.volume(), manifest.blockSize(), list.wanted(manifest.compression()), writer);
	}

	private static ReadManifest parseAgain(BackupManifest manifest, InputStream content, BlockConsumer consumer)
			throws IOException {
		try {
			return BackupManifestParser.parse(content, manifest.volume(), manifest.name(), consumer);
		}
		catch (MalformedException ex) {
			throw damaged("the manifest of '%s' changed while it was read".formatted(manifest.name()));
		}
	}

	private static DamagedData damaged(String fact) {
		return new DamagedData(FailureCode.BACKUP_DAMAGED, fact,
				"longhaul verify shows all that is damaged, and which backups are not");
	}

	/** What is known of a backup that can be exported. */
	private record Source(VolumeConfig config, ReadManifest read) {

		ByteSize content() {
			return new ByteSize(read.blocks().count() * read.manifest().blockSize().bytes());
		}

	}

	/** Writes blocks where the list says they belong. */
	private static final class ImageWriter implements BlockSink {

		private final NewFile image;

		private final BackupstoreLayout layout;

		private final BackupManifest manifest;

		private final LostBlocks losses;

		private final ExportListener listener;

		private final AtomicLong fetched = new AtomicLong();

		private final Queue<LostBlock> lost = new ConcurrentLinkedQueue<>();

		private BlockList list = new BlockList();

		ImageWriter(NewFile image, BackupstoreLayout layout, BackupManifest manifest, LostBlocks losses,
				ExportListener listener) {
			this.image = image;
			this.layout = layout;
			this.manifest = manifest;
			this.losses = losses;
			this.listener = listener;
		}

		void begin(BlockList stretch) {
			this.list = stretch;
		}

		long fetched() {
			return fetched.get();
		}

		@Override
		public void read(WantedBlock block, long storedSize, BlockFinding finding) {
			fetched.addAndGet(storedSize);
			if (finding instanceof BlockFinding.Intact intact) {
				image.write(list.offset(block.number()), intact.content());
				listener.blockWritten(storedSize);
				return;
			}
			lose(block, finding.detail());
			listener.blockWritten(storedSize);
		}

		@Override
		public void missing(WantedBlock block) {
			lose(block, "is not in the bucket");
			listener.blockWritten(0);
		}

		/** Nothing was written there yet, so it reads as zeros. */
		private void lose(WantedBlock block, String why) {
			String fact = "%s %s".formatted(layout.block(manifest.volume(), block.checksum()), why);
			if (losses == LostBlocks.ARE_REFUSED) {
				throw damaged(fact);
			}
			lost.add(new LostBlock(list.offset(block.number()), manifest.blockSize().bytes(), fact));
		}

		List<LostBlock> lost() {
			return lost.stream().sorted(Comparator.comparingLong(LostBlock::offset)).toList();
		}

	}

}
