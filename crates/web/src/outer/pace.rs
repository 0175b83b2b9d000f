//! The pace of a client: a body that drips, headers that never end, an answer that nobody takes.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::Limits;

/// What was wrong with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyFault {
    /// It came too slowly.
    #[error("the body comes too slowly")]
    Slow,
    /// It is too long.
    #[error("the body is too long")]
    Long,
}

/// What a body turned out to be, told beside the handler: whatever it makes of the broken body, the answer says this.
#[derive(Debug, Clone, Default)]
pub struct Verdict(Arc<AtomicU8>);

impl Verdict {
    fn give(&self, fault: BodyFault) {
        self.0.store(if fault == BodyFault::Slow { 1 } else { 2 }, Ordering::SeqCst);
    }

    /// The fault, when there was one.
    pub fn fault(&self) -> Option<BodyFault> {
        match self.0.load(Ordering::SeqCst) {
            1 => Some(BodyFault::Slow),
            2 => Some(BodyFault::Long),
            _ => None,
        }
    }
}

/// A body that must keep a pace and an end.
#[derive(Debug)]
pub struct Paced {
    inner: Body,
    verdict: Verdict,
    grace: Duration,
    pace: u64,
    most: u64,
    received: u64,
    begun: Instant,
    patience: Pin<Box<Sleep>>,
}

impl Paced {
    /// Watches `inner`.
    pub fn new(inner: Body, limits: &Limits, verdict: Verdict) -> Self {
        let begun = Instant::now();
        Self {
            inner,
            verdict,
            grace: limits.body_grace,
            pace: limits.body_pace.max(1),
            most: limits.body_bytes,
            received: 0,
            begun,
            patience: Box::pin(tokio::time::sleep_until(begun + limits.body_grace)),
        }
    }

    fn fail<T>(&self, fault: BodyFault) -> Poll<Option<Result<T, Box<dyn Error + Send + Sync>>>> {
        self.verdict.give(fault);
        Poll::Ready(Some(Err(fault.into())))
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = match Pin::new(&mut self.inner).poll_frame(cx) {
            Poll::Pending => {
                ready!(self.patience.as_mut().poll(cx));
                return self.fail(BodyFault::Slow);
            }
            Poll::Ready(Some(Ok(frame))) => frame,
            Poll::Ready(other) => return Poll::Ready(other.map(|result| result.map_err(Into::into))),
        };
        self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
        if self.received > self.most {
            return self.fail(BodyFault::Long);
        }
        let deadline = self.begun + self.grace + Duration::from_secs(self.received / self.pace);
        if deadline > self.patience.deadline() {
            self.patience.as_mut().reset(deadline);
        }
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// How many requests a connection has begun and answered; shared by the connection and its service.
#[derive(Debug, Default)]
pub struct Pulse {
    begun: AtomicU64,
    answered: AtomicU64,
}

impl Pulse {
    /// A request has its headers.
    pub fn begin(&self) {
        self.begun.fetch_add(1, Ordering::SeqCst);
    }

    /// It has its answer.
    pub fn answer(&self) {
        self.answered.fetch_add(1, Ordering::SeqCst);
    }

    fn begun(&self) -> u64 {
        self.begun.load(Ordering::SeqCst)
    }

    fn is_busy(&self) -> bool {
        self.begun() > self.answered.load(Ordering::SeqCst)
    }
}

/// A connection whose client must end its headers in time and take its answers.
#[derive(Debug)]
pub struct Watched<S> {
    stream: S,
    pulse: Arc<Pulse>,
    head: Duration,
    stall: Duration,
    /// Requests begun when the first byte of the headers being read arrived, and until when they may last.
    reading: Option<(u64, Pin<Box<Sleep>>)>,
    writing: Option<Pin<Box<Sleep>>>,
}

impl<S> Watched<S> {
    /// Watches `stream`.
    pub fn new(stream: S, pulse: Arc<Pulse>, limits: &Limits) -> Self {
        Self { stream, pulse, head: limits.head, stall: limits.stall, reading: None, writing: None }
    }

    /// The client takes what is written, or has time left to.
    fn watch_write<T>(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<std::io::Result<T>>,
    ) -> Poll<std::io::Result<T>> {
        if written.is_ready() {
            self.writing = None;
            return written;
        }
        let stall = self.stall;
        let patience = self.writing.get_or_insert_with(|| Box::pin(tokio::time::sleep(stall)));
        ready!(patience.as_mut().poll(cx));
        Poll::Ready(Err(std::io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let begun = self.pulse.begun();
        if self.pulse.is_busy() || self.reading.as_ref().is_some_and(|(at, _)| *at != begun) {
            self.reading = None;
        }
        let before = buffer.filled().len();
        if let Poll::Ready(read) = Pin::new(&mut self.stream).poll_read(cx, buffer) {
            let came = buffer.filled().len() > before;
            if came && self.reading.is_none() && !self.pulse.is_busy() {
                self.reading = Some((begun, Box::pin(tokio::time::sleep(self.head))));
            }
            return Poll::Ready(read);
        }
        let Some((_, patience)) = &mut self.reading else { return Poll::Pending };
        ready!(patience.as_mut().poll(cx));
        Poll::Ready(Err(std::io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch_write(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.watch_write(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.watch_write(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
