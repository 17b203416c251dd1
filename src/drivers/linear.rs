//! Small dense symmetric matrices: solve, invert, decompose.

/// A square matrix of `n` rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    pub n: usize,
    cells: Vec<f64>,
}

impl Matrix {
    pub fn zeros(n: usize) -> Self {
        Self { n, cells: vec![0.0; n * n] }
    }

    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.n + column]
    }

    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.n + column] += value;
    }

    pub fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.cells.chunks_exact(self.n.max(1)).map(|row| dot(row, vector)).collect()
    }

    /// Rows and columns `kept`, in that order.
    pub fn part(&self, kept: &[usize]) -> Self {
        let cells = kept.iter().flat_map(|&i| kept.iter().map(move |&j| self.at(i, j))).collect();
        Self { n: kept.len(), cells }
    }

    /// Inverse of a positive definite matrix by Cholesky's factor; `None` where a pivot falls below `1e-10` of its
    /// diagonal cell: the columns are collinear.
    pub fn inverse(&self) -> Option<Self> {
        let n = self.n;
        let mut lower = Self::zeros(n);
        for i in 0..n {
            for j in 0..=i {
                let rest = self.at(i, j) - (0..j).map(|k| lower.at(i, k) * lower.at(j, k)).sum::<f64>();
                let value = if i == j {
                    let is_positive = rest > 1e-10 * self.at(i, i);
                    if !is_positive {
                        return None;
                    }
                    rest.sqrt()
                } else {
                    rest / lower.at(j, j)
                };
                lower.add(i, j, value);
            }
        }
        let mut inverse = Self::zeros(n);
        for column in 0..n {
            let mut x = vec![0.0; n];
            for i in column..n {
                let unit = if i == column { 1.0 } else { 0.0 };
                x[i] = (unit - (column..i).map(|k| lower.at(i, k) * x[k]).sum::<f64>()) / lower.at(i, i);
            }
            for i in (0..n).rev() {
                x[i] = (x[i] - (i + 1..n).map(|k| lower.at(k, i) * x[k]).sum::<f64>()) / lower.at(i, i);
            }
            x.into_iter().enumerate().for_each(|(row, value)| inverse.add(row, column, value));
        }
        Some(inverse)
    }

    /// Eigenvalues and, a column each, eigenvectors, by Jacobi's rotations (Golub and Van Loan, algorithm 8.5.2,
    /// cyclic by rows).
    pub fn eigen(&self) -> (Vec<f64>, Self) {
        let n = self.n;
        let mut a = self.clone();
        let mut vectors = Self::zeros(n);
        (0..n).for_each(|i| vectors.add(i, i, 1.0));
        let scale: f64 = self.cells.iter().map(|x| x * x).sum();
        for _ in 0..60 {
            let off: f64 =
                (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a.at(i, j).powi(2)).sum();
            if off <= 1e-26 * scale {
                break;
            }
            for p in 0..n {
                for q in p + 1..n {
                    if a.at(p, q) != 0.0 {
                        let turn = (a.at(q, q) - a.at(p, p)) / (2.0 * a.at(p, q));
                        let sign = if turn < 0.0 { -1.0 } else { 1.0 };
                        let tangent = sign / (turn.abs() + (1.0 + turn * turn).sqrt());
                        let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
                        let sine = tangent * cosine;
                        a.rotate_columns(p, q, cosine, sine);
                        a.rotate_rows(p, q, cosine, sine);
                        vectors.rotate_columns(p, q, cosine, sine);
                    }
                }
            }
        }
        ((0..n).map(|i| a.at(i, i)).collect(), vectors)
    }

    fn rotate_columns(&mut self, p: usize, q: usize, cosine: f64, sine: f64) {
        for i in 0..self.n {
            let (x, y) = (self.at(i, p), self.at(i, q));
            self.cells[i * self.n + p] = cosine * x - sine * y;
            self.cells[i * self.n + q] = sine * x + cosine * y;
        }
    }

    fn rotate_rows(&mut self, p: usize, q: usize, cosine: f64, sine: f64) {
        for i in 0..self.n {
            let (x, y) = (self.at(p, i), self.at(q, i));
            self.cells[p * self.n + i] = cosine * x - sine * y;
            self.cells[q * self.n + i] = sine * x + cosine * y;
        }
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[f64]]) -> Matrix {
        Matrix { n: rows.len(), cells: rows.concat() }
    }

    /// By hand: det = 8, so the inverse is [[3, -2], [-2, 4]] / 8; a matrix of rank one has none.
    #[test]
    fn two_by_two_by_hand() {
        let inverse = of(&[&[4.0, 2.0], &[2.0, 3.0]]).inverse().unwrap();
        let expected = [3.0 / 8.0, -2.0 / 8.0, -2.0 / 8.0, 4.0 / 8.0];
        assert!(inverse.cells.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12));
        assert!(of(&[&[1.0, 2.0], &[2.0, 4.0]]).inverse().is_none());
    }

    /// Strang, "Introduction to Linear Algebra": the second difference matrix has eigenvalues 2 - 2 cos(k pi / 4).
    #[test]
    fn eigenvalues_of_the_second_difference_matrix() {
        let matrix = of(&[&[2.0, -1.0, 0.0], &[-1.0, 2.0, -1.0], &[0.0, -1.0, 2.0]]);
        let (mut values, vectors) = matrix.eigen();
        for (k, value) in values.iter().enumerate() {
            let vector: Vec<f64> = (0..3).map(|i| vectors.at(i, k)).collect();
            let image = matrix.times(&vector);
            assert!(image.iter().zip(&vector).all(|(a, b)| (a - value * b).abs() < 1e-12));
        }
        values.sort_by(f64::total_cmp);
        let root = 2.0f64.sqrt();
        assert!(values.iter().zip([2.0 - root, 2.0, 2.0 + root]).all(|(a, b)| (a - b).abs() < 1e-12));
    }
}
