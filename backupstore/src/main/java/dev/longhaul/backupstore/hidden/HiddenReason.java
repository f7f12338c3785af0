package dev.longhaul.backupstore.hidden;

/**
 * Why a hidden version goes or stays.
 */
public enum HiddenReason {

	UNUSED_BLOCK(Fate.GOES, "block that no backup names"),

	COPY(Fate.GOES, "older copy of a block that is present"),

	DELETED_BACKUP(Fate.GOES, "manifest of a deleted backup"),

	REPLACED(Fate.GOES, "older version of a manifest or of volume.cfg"),

	DELETED_VOLUME(Fate.GOES, "volume.cfg of a deleted volume"),

	LOCK(Fate.GOES, "lock of long ago"),

	MARK(Fate.GOES, "mark of a deletion with nothing left under it"),

	/** The way back: whoever deleted by mistake or in malice did so not long ago. */
	RECENT(Fate.STAYS, "version hidden too recently"),

	/** A block is named after its content, so one of both is damaged. */
	OTHER_BYTES(Fate.STAYS, "older version of a block that differs from the present one"),

	UNREADABLE(Fate.STAYS, "version that a backup or volume.cfg which cannot be read may need"),

	/** Deleted by no id of its own, what is present might go instead. */
	WITHOUT_ID(Fate.STAYS, "version from before the bucket kept versions"),

	NEEDED(Fate.STAYS, "version of what a present backup needs and is not present");

	private final Fate fate;

	private final String thing;

	HiddenReason(Fate fate, String thing) {
		this.fate = fate;
		this.thing = thing;
	}

	public boolean goes() {
		return fate == Fate.GOES;
	}

	/** What a version of this reason is, in words. */
	public String thing() {
		return thing;
	}

	private enum Fate {

		GOES, STAYS

	}

}
