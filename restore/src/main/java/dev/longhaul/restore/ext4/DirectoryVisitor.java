package dev.longhaul.restore.ext4;

import java.io.IOException;

/**
 * Is told what is in a directory.
 */
public interface DirectoryVisitor {

	/**
	 * @param name as it is stored: 1 to 255 bytes, any of them
	 * @param inode what it names; may be no inode at all
	 */
	void entry(byte[] name, long inode) throws IOException;

	/**
	 * A part of the directory cannot be read; the rest is told all the same.
	 */
	void damaged(Ext4Damage damage) throws IOException;

}
