package dev.longhaul.backupstore.verify;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.pipeline.WantedBlock;
import org.jspecify.annotations.Nullable;

/**
 * The distinct blocks that backups refer to, numbered in the order in which they were
 * first seen, and what became of each. About 50 bytes per block, in a few arrays: a
 * terabyte of 2 MiB blocks takes 26 MiB.
 * <p>
 * Numbers are given out by one thread; after that, each block's outcome is recorded by
 * one thread, blocks of different numbers by many.
 */
public final class BlockIndex {

	/** Blocks held at once: 2 TiB of 2 MiB blocks, in about 50 MiB. */
	public static final int USUAL_CAPACITY = 1 << 20;

	/** What {@link #add} answers when there is no room for another block. */
	static final int FULL = -1;

	/** What {@link #find} answers when the block is not here. */
	public static final int ABSENT = -1;

	private static final int WORDS = 4;

	private static final byte WANTED = 1 << 3;

	private static final byte LARGE = 1 << 4;

	private static final byte GZIP = 1 << 1;

	private static final byte NONE = 1 << 2;

	private static final byte LZ4 = 1;

	/** Set once a block was read and is intact as it stands, without compression. */
	private static final byte STORED_RAW = 1 << 5;

	/** Set on a block that need not be read, because another copy of it counts. */
	private static final byte HELD = 1 << 6;

	private final int capacity;

	private int count;

	private long[] words = new long[WORDS * 1024];

	private byte[] traits = new byte[1024];

	private @Nullable ProblemKind[] problems = new ProblemKind[1024];

	private int[] storedSizes = new int[1024];

	/** Open addressing: the number plus one of the block whose hash falls here, or 0. */
	private int[] slots = new int[4096];

	private final Map<Integer, String> details = new ConcurrentHashMap<>();

	/**
	 * @param capacity the number of blocks it takes
	 */
	BlockIndex(int capacity) {
		this.capacity = capacity;
	}

	/** How many blocks there are; they have the numbers below this one. */
	public int size() {
		return count;
	}

	/**
	 * @return the number of the block, or {@link #FULL}
	 */
	int add(Checksum checksum) {
		int slot = slotOf(checksum);
		if (slots[slot] != 0) {
			return slots[slot] - 1;
		}
		if (count == capacity) {
			return FULL;
		}
		int number = append(checksum);
		slots[slot] = number + 1;
		if (count * 2 > slots.length) {
			rehash();
		}
		return number;
	}

	public boolean contains(Checksum checksum) {
		return slots[slotOf(checksum)] != 0;
	}

	/**
	 * @return the number of the block, or {@link #ABSENT}
	 */
	public int find(Checksum checksum) {
		return slots[slotOf(checksum)] - 1;
	}

	public Checksum checksum(int number) {
		int at = number * WORDS;
		return new Checksum(words[at], words[at + 1], words[at + 2], words[at + 3]);
	}

	/** Notes that blocks are to be read, as a backup describes them. */
	void want(BitSet numbers, BackupManifest backup) {
		byte size = (backup.blockSize() == BlockSize.MIB_16) ? LARGE : 0;
		byte trait = (byte) (WANTED | size | traitOf(backup.compression()));
		numbers.stream().forEach(number -> traits[number] |= trait);
	}

	/** How many blocks of a size are to be read. */
	public long wanted(BlockSize blockSize) {
		long wanted = 0;
		for (int number = 0; number < count; number++) {
			wanted += isWanted(number, blockSize) ? 1 : 0;
		}
		return wanted;
	}

	/** The blocks of a size that are to be read. */
	public Iterator<WantedBlock> wantedBlocks(BlockSize blockSize) {
		return select(number -> isWanted(number, blockSize));
	}

	/** The blocks of a size that need not be read. */
	public Iterator<WantedBlock> heldBlocks(BlockSize blockSize) {
		return select(number -> isHeld(number) && isOf(number, blockSize));
	}

	private Iterator<WantedBlock> select(IntPredicate chosen) {
		return new Iterator<>() {

			private int next = firstChosenFrom(0);

			@Override
			public boolean hasNext() {
				return next < count;
			}

			@Override
			public WantedBlock next() {
				if (!hasNext()) {
					throw new NoSuchElementException();
				}
				int number = next;
				next = firstChosenFrom(number + 1);
				return new WantedBlock(number, checksum(number), declared(number));
			}

			private int firstChosenFrom(int from) {
				int number = from;
				while (number < count && !chosen.test(number)) {
					number++;
				}
				return number;
			}

		};
	}

	/** Whether a backup that is to be read uses the block, wherever it is read. */
	public boolean isUsed(int number) {
		return (traits[number] & WANTED) != 0;
	}

	/**
	 * Whether a block of this stored size may be what all backups that use it declare: as
	 * it stands it has exactly the size of a block.
	 */
	public boolean fits(int number, long storedSize) {
		boolean raw = storedSize == (((traits[number] & LARGE) != 0) ? BlockSize.MIB_16 : BlockSize.MIB_2).bytes();
		return raw ? (traits[number] & (LZ4 | GZIP)) == 0 : (traits[number] & NONE) == 0;
	}

	/** Notes that a block need not be read. */
	public void hold(int number) {
		traits[number] |= HELD;
	}

	/** Notes that a block is to be read after all. */
	public void letGo(int number) {
		traits[number] &= ~HELD;
	}

	private boolean isHeld(int number) {
		return (traits[number] & HELD) != 0;
	}

	/** How many blocks of a size need not be read. */
	public long held(BlockSize blockSize) {
		return IntStream.range(0, count).filter(number -> isHeld(number) && isOf(number, blockSize)).count();
	}

	/** Forgets what became of the blocks, and keeps which there are. */
	public void forgetOutcomes() {
		for (int number = 0; number < count; number++) {
			traits[number] &= ~(HELD | STORED_RAW);
		}
		Arrays.fill(problems, null);
		Arrays.fill(storedSizes, 0);
		details.clear();
	}

	/**
	 * @param stored how the block was found to be compressed
	 */
	void recordIntact(int number, long storedSize, CompressionMethod stored) {
		storedSizes[number] = (int) storedSize;
		if (stored == CompressionMethod.NONE) {
			traits[number] |= STORED_RAW;
		}
	}

	public void recordProblem(int number, long storedSize, ProblemKind kind, String detail) {
		storedSizes[number] = (int) storedSize;
		details.put(number, detail);
		problems[number] = kind;
	}

	/**
	 * What keeps a block from being restored as part of a backup; null if nothing does,
	 * or nothing is known of the block yet.
	 * @param declared by the backup: it may be one under which Longhorn cannot read a
	 * block that is intact
	 */
	@Nullable ProblemKind problem(int number, CompressionMethod declared) {
		ProblemKind problem = problems[number];
		if (problem != null || storedSizes[number] == 0) {
			return problem;
		}
		return declared.reads(stored(number)) ? null : ProblemKind.UNDECODABLE_BLOCK;
	}

	/** More about the problem of a block that has one. */
	String detail(int number, CompressionMethod declared) {
		String detail = details.get(number);
		return (detail != null) ? detail : "is stored %s, and Longhorn reads it as its backup declares: %s"
			.formatted((stored(number) == CompressionMethod.NONE) ? "uncompressed" : "compressed", declared.word());
	}

	/** Whether something is known to be wrong with any of some blocks. */
	public boolean hasProblem(BitSet numbers) {
		return numbers.stream().anyMatch(number -> problems[number] != null);
	}

	/** Those of some blocks that have a problem as part of a backup. */
	public BitSet damaged(BitSet numbers, CompressionMethod declared) {
		BitSet damaged = new BitSet();
		numbers.stream().filter(number -> problem(number, declared) != null).forEach(damaged::set);
		return damaged;
	}

	/** Any of the two that are told apart by the bytes stands for both. */
	private CompressionMethod stored(int number) {
		return ((traits[number] & STORED_RAW) != 0) ? CompressionMethod.NONE : CompressionMethod.LZ4;
	}

	long storedSize(int number) {
		return storedSizes[number];
	}

	private boolean isWanted(int number, BlockSize blockSize) {
		return isUsed(number) && !isHeld(number) && problems[number] == null && isOf(number, blockSize);
	}

	private boolean isOf(int number, BlockSize blockSize) {
		boolean large = (traits[number] & LARGE) != 0;
		return large == (blockSize == BlockSize.MIB_16);
	}

	private Set<CompressionMethod> declared(int number) {
		Set<CompressionMethod> declared = EnumSet.noneOf(CompressionMethod.class);
		for (CompressionMethod method : CompressionMethod.values()) {
			if ((traits[number] & traitOf(method)) != 0) {
				declared.add(method);
			}
		}
		return declared;
	}

	private static byte traitOf(CompressionMethod method) {
		return switch (method) {
			case LZ4 -> LZ4;
			case GZIP -> GZIP;
			case NONE -> NONE;
		};
	}

	private int append(Checksum checksum) {
		if (count == traits.length) {
			int larger = Math.min(capacity, count * 2);
			words = Arrays.copyOf(words, larger * WORDS);
			traits = Arrays.copyOf(traits, larger);
			problems = Arrays.copyOf(problems, larger);
			storedSizes = Arrays.copyOf(storedSizes, larger);
		}
		int at = count * WORDS;
		words[at] = checksum.w0();
		words[at + 1] = checksum.w1();
		words[at + 2] = checksum.w2();
		words[at + 3] = checksum.w3();
		return count++;
	}

	/** The slot of the block, or the free one where it would be put. */
	private int slotOf(Checksum checksum) {
		// A checksum is evenly distributed already; its last bits are as good as any
		// hash.
		int slot = (int) checksum.w3() & (slots.length - 1);
		while (slots[slot] != 0 && !checksum.equals(checksum(slots[slot] - 1))) {
			slot = (slot + 1) & (slots.length - 1);
		}
		return slot;
	}

	private void rehash() {
		slots = new int[slots.length * 2];
		for (int number = 0; number < count; number++) {
			slots[slotOf(checksum(number))] = number + 1;
		}
	}

}
