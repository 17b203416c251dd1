//! The one place that writes files. A file appears under its name whole or not at all: it is written beside
//! its target as `.rasd-partial-*`, flushed to the disk, then renamed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// How a file that is not finished yet is called; what a killed process leaves starts so.
const PREFIX: &str = ".rasd-partial-";

/// Runs `write` into a file that takes the name `path` only when all of it is on the disk.
///
/// `-` is standard output, written after `write` returned. A link is followed; a device or a pipe is written
/// directly, because a rename would replace it.
///
/// # Errors
/// `Table` when the folder is absent or the disk refuses; then `path` is as it was.
pub(crate) fn atomic_write(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        let mut stdout = io::stdout().lock();
        return match stdout.write_all(&bytes).and_then(|()| stdout.flush()) {
            // The reader had enough (`rasd ... | head`).
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result.map_err(|error| cannot_write(path, error)),
        };
    }
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    match fs::metadata(&target) {
        Ok(data) if data.is_dir() => {
            return Err(Error::table(format!("{}: a folder, expected a file name", path.display())));
        }
        Ok(data) if !data.is_file() => {
            let mut file = File::options().write(true).open(&target).map_err(|e| cannot_write(path, e))?;
            return write(&mut file);
        }
        _ => {}
    }
    let folder = parent(&target);
    let mut file = options().tempfile_in(&folder).map_err(|error| cannot_write(path, error))?;
    let mut writer = BufWriter::new(file.as_file_mut());
    write(&mut writer)?;
    writer.flush().map_err(|error| cannot_write(path, error))?;
    drop(writer);
    file.as_file().sync_all().map_err(|error| cannot_write(path, error))?;
    file.persist(&target).map_err(|error| cannot_write(path, error.error))?;
    sync_folder(&folder);
    Ok(())
}

/// Builds a folder beside `dir` with `fill`, then moves it in place.
///
/// An absent or empty `dir` appears in one rename. In a folder that holds files, those of the same name are
/// replaced one by one, each whole, and all others stay.
///
/// # Errors
/// As [`atomic_write`].
pub(super) fn atomic_folder(dir: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let target = fs::canonicalize(dir).unwrap_or_else(|_| dir.to_path_buf());
    if target.exists() && !target.is_dir() {
        return Err(Error::table(format!("{}: a file, expected a folder", dir.display())));
    }
    let folder = parent(&target);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let built = builder.tempdir_in(&folder).map_err(|error| cannot_write(dir, error))?;
    fill(built.path())?;
    sync_folder(built.path());
    let is_empty = || fs::read_dir(&target).is_ok_and(|mut entries| entries.next().is_none());
    if !target.exists() || (is_empty() && fs::remove_dir(&target).is_ok()) {
        fs::rename(built.path(), &target).map_err(|error| cannot_write(dir, error))?;
        // The temporary name is gone: nothing is left to delete.
        let _ = built.keep();
    } else {
        for entry in fs::read_dir(built.path()).map_err(|error| cannot_write(dir, error))? {
            let entry = entry.map_err(|error| cannot_write(dir, error))?;
            let to = target.join(entry.file_name());
            fs::rename(entry.path(), &to).map_err(|error| cannot_write(&to, error))?;
        }
        sync_folder(&target);
    }
    sync_folder(&folder);
    Ok(())
}

/// The error of a refused write.
pub(super) fn cannot_write(path: &Path, error: io::Error) -> Error {
    let message = format!("{}: cannot be written: {error}", path.display());
    match error.kind() {
        io::ErrorKind::NotFound => Error::table(message).with_hint("the folder must exist"),
        _ => Error::table(message),
    }
}

fn options() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    // As any new file: the umask decides, not tempfile's private mode.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Makes a rename durable where folders can be flushed; elsewhere the file system sees to it.
fn sync_folder(folder: &Path) {
    if let Ok(handle) = File::open(folder) {
        let _ = handle.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::{atomic_folder, atomic_write};
    use crate::error::Error;

    #[test]
    fn a_writer_that_fails_midway_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        std::fs::write(&path, "old").unwrap();
        let result = atomic_write(&path, |writer| {
            writer.write_all(&[b'x'; 100_000]).unwrap();
            Err(Error::table("the disk is full"))
        });
        assert!(result.is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_fails_midway_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let result = atomic_folder(&folder.path().join("out"), |inside| {
            std::fs::write(inside.join("a.csv"), "a").unwrap();
            Err(Error::table("the disk is full"))
        });
        assert!(result.is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
