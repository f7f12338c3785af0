package dev.longhaul.scheduler.scenario.consistent_applications;

/**
 * What a database says of a file.
 *
 * @param path relative to the directory the application names its files from
 * @param checksum SHA-256 in hexadecimal
 */
record Row(String path, long size, String checksum) {

}
