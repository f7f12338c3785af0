package dev.longhaul.restore.files;

record VolumeOutcome() {
}
