//! A comment that is clean already costs no memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::borrow::Cow;
use std::cell::Cell;

use rasd::Normalizer;

/// The system's allocator, counting what each thread asks for.
struct Counting;

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.with(|asked| asked.set(asked.get() + 1));
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

#[test]
fn clean_comments_are_borrowed_without_allocation() {
    let feedback = Normalizer::preset("feedback").expect("a preset");
    let light = Normalizer::preset("light").expect("a preset");
    let search = Normalizer::preset("search").expect("a preset");
    let arabic = "الخدمة ممتازة والموظف متعاون جدا لكن وقت الانتظار كان طويلا وأتمنى تحسين ذلك";
    let ascii = "The service was great, but we had to wait much longer than we were told. Not good!";
    for (normalizer, text) in [
        (&feedback, arabic),
        (&feedback, ascii),
        (&light, arabic),
        (&light, ascii),
        (&search, "خدمه ممتازه والموظف متعاون جدا"),
        (&search, "the service was great and we did not wait"),
    ] {
        // Tables are built when they are first needed.
        let _ = normalizer.normalize(text);
        let before = ASKED.get();
        let same = normalizer.normalize(text);
        assert_eq!(ASKED.get(), before, "{text}");
        assert!(matches!(same, Cow::Borrowed(_)), "{text}");
    }
}
