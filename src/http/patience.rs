//! A stream whose other end has a limited time to take what it is sent.
//!
//! The time runs from the first moment at which the other end took nothing more until it has taken all, however
//! little it takes in between: a client that reads a byte now and then is as slow as one that reads none. Pages are
//! small, so a time is enough, and no rate need be measured.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// The stream, and how long its other end may take.
pub(super) struct Patience<S> {
    stream: S,
    limit: Duration,
    /// Runs while something waits to be taken.
    running: Option<Pin<Box<Sleep>>>,
}

impl<S> Patience<S> {
    pub(super) fn with(stream: S, limit: Duration) -> Self {
        Self { stream, limit, running: None }
    }

    /// What a write said, or that its time is over.
    fn judge<T>(&mut self, cx: &mut Context, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            return written;
        }
        let limit = self.limit;
        let running = self.running.get_or_insert_with(|| Box::pin(sleep(limit)));
        running.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patience<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.judge(cx, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context,
        bytes: &[io::IoSlice],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(cx, bytes);
        this.judge(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes when it has nothing more to write.
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let flushed = Pin::new(&mut this.stream).poll_flush(cx);
        if flushed.is_ready() {
            this.running = None;
        }
        this.judge(cx, flushed)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let closed = Pin::new(&mut this.stream).poll_shutdown(cx);
        this.judge(cx, closed)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patience<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context, buffer: &mut ReadBuf) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buffer)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const LIMIT: Duration = Duration::from_secs(10);

    /// Whether 64 bytes and a flush come through to a client that reads four of them every `pause`.
    fn is_taken(pause: Duration) -> bool {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let (ours, mut theirs) = duplex(4);
            let reader = tokio::spawn(async move {
                let mut four = [0; 4];
                loop {
                    sleep(pause).await;
                    theirs.read_exact(&mut four).await.unwrap();
                }
            });
            let mut stream = Patience::with(ours, LIMIT);
            let written = async {
                stream.write_all(&[b'a'; 64]).await?;
                stream.flush().await
            };
            let outcome = written.await;
            reader.abort();
            outcome.is_ok()
        })
    }

    #[test]
    fn whoever_takes_too_long_is_given_up() {
        assert!(is_taken(Duration::from_millis(500)));
        assert!(!is_taken(Duration::from_secs(1)));
        assert!(!is_taken(Duration::from_hours(1)));
    }

    #[test]
    fn every_answer_has_its_own_time() {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let (ours, mut theirs) = duplex(4);
            let mut stream = Patience::with(ours, LIMIT);
            for _ in 0..5 {
                let (written, _) = tokio::join!(
                    async {
                        stream.write_all(&[b'a'; 8]).await?;
                        stream.flush().await
                    },
                    async {
                        sleep(LIMIT * 9 / 10).await;
                        theirs.read_exact(&mut [0; 8]).await.unwrap()
                    }
                );
                written.unwrap();
            }
        });
    }
}
