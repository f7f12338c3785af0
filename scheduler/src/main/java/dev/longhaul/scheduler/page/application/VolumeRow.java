package dev.longhaul.scheduler.page.application;

import java.time.Instant;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import org.jspecify.annotations.Nullable;

/**
 * One volume of an application.
 *
 * @param volume its name in Longhorn
 * @param size of its newest backup
 * @param newest time of the data of its newest backup; null if there is none
 */
public record VolumeRow(ClaimRef claim, String volume, ByteSize size, @Nullable Instant newest) {

}
