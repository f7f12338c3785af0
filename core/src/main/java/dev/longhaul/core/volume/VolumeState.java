package dev.longhaul.core.volume;

/**
 * Longhorn's attachment state of a volume. A word Longhorn adds later is
 * {@link #UNKNOWN}, never one of the others.
 */
public enum VolumeState {

	CREATING, ATTACHED, DETACHED, ATTACHING, DETACHING, DELETING, UNKNOWN

}
