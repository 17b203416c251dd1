//! Arithmetic on vectors in one fixed order, so equal input gives equal bits everywhere.

const LANES: usize = 16;

/// Inner product. Sixteen running sums, folded left to right; the compiler may not reorder them.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f64 {
    let mut sums = [0f32; LANES];
    let (head_a, tail_a) = a.as_chunks::<LANES>();
    let (head_b, tail_b) = b.as_chunks::<LANES>();
    for (x, y) in head_a.iter().zip(head_b) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    let tail: f64 = tail_a.iter().zip(tail_b).map(|(x, y)| f64::from(x * y)).sum();
    sums.iter().map(|&x| f64::from(x)).sum::<f64>() + tail
}

/// Unit length; a vector shorter than 1e-6 becomes all zeros, which is near nothing.
pub(crate) fn unit(sum: &[f64]) -> Vec<f32> {
    let norm = sum.iter().map(|x| x * x).sum::<f64>().sqrt();
    if norm < 1e-6 { vec![0.0; sum.len()] } else { sum.iter().map(|x| (x / norm) as f32).collect() }
}

/// `sum += weight * vector`.
pub(crate) fn add(sum: &mut [f64], vector: &[f32], weight: f64) {
    for (s, &x) in sum.iter_mut().zip(vector) {
        *s += weight * f64::from(x);
    }
}

/// Index of the centre with the largest inner product and that product; the first wins a tie.
pub(super) fn nearest(vector: &[f32], centres: &[Vec<f32>]) -> Option<(usize, f64)> {
    let mut best = None;
    for (i, centre) in centres.iter().enumerate() {
        let cosine = dot(vector, centre);
        if best.is_none_or(|(_, top)| cosine > top) {
            best = Some((i, cosine));
        }
    }
    best
}
