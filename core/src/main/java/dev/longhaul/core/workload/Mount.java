package dev.longhaul.core.workload;

/**
 * A container that has a claim mounted.
 *
 * @param place it, by name
 * @param image as its workload names it, with registry and tag if it has them
 */
public record Mount(Place place, String image) {

}
