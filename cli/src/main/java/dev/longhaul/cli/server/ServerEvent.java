package dev.longhaul.cli.server;

/**
 * Something that happened on the server, told while it happens.
 *
 * @param id to go on after; empty if it has none
 * @param name the kind of event
 * @param data what is said of it
 */
public record ServerEvent(String id, String name, Fields data) {

}
