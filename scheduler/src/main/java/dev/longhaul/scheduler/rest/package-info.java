/**
 * What the server tells and does over REST, one class per resource. They ask and
 * translate, and decide nothing.
 */
@NullMarked
package dev.longhaul.scheduler.rest;

import org.jspecify.annotations.NullMarked;
