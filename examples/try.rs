fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let started = std::time::Instant::now();
        let checked = ridealong::scenario::check::check(&path, &bytes);
        let took = started.elapsed();
        let source = ridealong::diagnostic::Source::new(&path, &bytes);
        let out = ridealong::diagnostic::human::render(&source, checked.diagnostics(), false);
        print!("{}", if out.len() > 12000 { out.chars().take(12000).collect::<String>() } else { out });
        println!("{path}: ok {} {} ; {took:?}", checked.is_ok(), ridealong::diagnostic::summary(checked.diagnostics()));
    }
}
