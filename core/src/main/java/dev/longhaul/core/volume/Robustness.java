package dev.longhaul.core.volume;

/**
 * Longhorn's health of a volume's replicas. Longhorn itself reports {@link #UNKNOWN} for
 * every detached volume that is not faulted.
 */
public enum Robustness {

	HEALTHY, DEGRADED, FAULTED, UNKNOWN

}
