package dev.longhaul.restore.files;

/**
 * Something in a tree that did not come out as it was.
 *
 * @param path in the tree; empty for the tree as a whole
 * @param what a part of a sentence
 */
public record TreeProblem(String path, String what) {

}
