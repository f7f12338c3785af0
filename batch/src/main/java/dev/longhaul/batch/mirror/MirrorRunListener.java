package dev.longhaul.batch.mirror;

/**
 * Is told what happens in a mirror's run. Called from several threads at a time, and
 * waited for: it returns at once and never throws.
 */
@FunctionalInterface
public interface MirrorRunListener {

	void on(MirrorEvent event);

}
