package dev.longhaul.batch.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;

/**
 * What is on a volume, by the marks that each kind of file system has at a place of its
 * own (those of libblkid).
 */
enum FileSystemKind {

	EXT("ext2, ext3 or ext4", 1080, "53ef"),

	LUKS("encrypted (LUKS)", 0, "4c554b53babe"),

	XFS("xfs", 0, "58465342"),

	BTRFS("btrfs", 65600, "5f42485266535f4d"),

	NONE("without a file system that is known", 0, "");

	private static final List<FileSystemKind> KNOWN = List.of(EXT, LUKS, XFS, BTRFS);

	private final String words;

	private final int offset;

	private final String mark;

	/**
	 * @param mark in hexadecimal
	 */
	FileSystemKind(String words, int offset, String mark) {
		this.words = words;
		this.offset = offset;
		this.mark = mark;
	}

	static FileSystemKind of(Path image) throws IOException {
		try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
			for (FileSystemKind kind : KNOWN) {
				ByteBuffer found = ByteBuffer.allocate(kind.mark.length() / 2);
				channel.read(found, kind.offset);
				if (HexFormat.of().formatHex(found.array()).equals(kind.mark)) {
					return kind;
				}
			}
		}
		return NONE;
	}

	/** For a sentence: the volume is … */
	String words() {
		return words;
	}

}
