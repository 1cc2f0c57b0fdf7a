//! A learning record store for tests, on loopback: it answers as it is told and keeps what it was asked.
#![allow(clippy::expect_used, dead_code, unreachable_pub)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What was asked.
#[derive(Clone, Debug)]
pub struct Request {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// What an answer may depend on.
pub struct Asked {
    /// How many requests there were before.
    pub requests: usize,
    /// The first line.
    pub line: String,
    /// The ids of the statements in it.
    pub ids: Vec<String>,
}

/// An answer.
pub struct Reply(String);

impl Reply {
    pub fn of(status: u16) -> Self {
        Self(format!("HTTP/1.1 {status} Status\r\nConnection: close\r\n"))
    }

    pub fn with(self, name: &str, value: &str) -> Self {
        Self(format!("{}{name}: {value}\r\n", self.0))
    }

    pub fn saying(self, body: &str) -> Self {
        Self(format!("{}Content-Length: {}\r\n\r\n{body}", self.0, body.len()))
    }

    pub fn raw(bytes: &str) -> Self {
        Self(format!("{bytes}\0"))
    }

    fn bytes(self) -> Vec<u8> {
        if let Some(raw) = self.0.strip_suffix('\0') {
            return raw.as_bytes().to_vec();
        }
        let ended = self.0.contains("\r\n\r\n");
        let head_only = !self.0.starts_with("HTTP/1.1 204") && !ended;
        let end = match (ended, head_only) {
            (true, _) => "",
            (false, true) => "Content-Length: 0\r\n\r\n",
            (false, false) => "\r\n",
        };
        format!("{}{end}", self.0).into_bytes()
    }
}

/// The store. It goes on until the test ends.
pub struct Store {
    pub address: String,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Store {
    pub fn new(answer: impl Fn(&Asked) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/xapi", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let Some(request) = read(&stream) else { continue };
                let reply = {
                    let mut kept = kept.lock().expect("nobody panicked");
                    let line = request.line.clone();
                    let asked = Asked { requests: kept.len(), line, ids: ids(&request.body) };
                    kept.push(request);
                    answer(&asked)
                };
                let _ = stream.write_all(&reply.bytes());
            }
        });
        Self { address, asked }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Request { line: line.trim_end().to_owned(), headers, body })
}

/// The ids of the statements in a body.
pub fn ids(body: &[u8]) -> Vec<String> {
    let statements: Vec<serde_json::Value> = serde_json::from_slice(body).unwrap_or_default();
    statements.iter().filter_map(|one| one["id"].as_str().map(str::to_owned)).collect()
}
