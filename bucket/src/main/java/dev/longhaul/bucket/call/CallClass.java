package dev.longhaul.bucket.call;

/**
 * How Backblaze bills a call: A is free; B and C have a free allowance a day, and C costs
 * ten times as much as B.
 */
public enum CallClass {

	A, B, C

}
