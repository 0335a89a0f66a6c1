// A limit for whatever may never answer: a browser that hangs says nothing, and a test that waits for
// it would wait until somebody ends the whole run.

/** Gives back what `doing` comes to, or fails after `limitMs`, naming `what` was waited for. */
export async function within(limitMs, what, doing) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${what}: no answer within ${limitMs / 1000} s`)), limitMs);
    });
    try {
        return await Promise.race([doing, late]);
    } finally {
        clearTimeout(timer);
    }
}
