//! `export`: files and standard output, several runs, and sending.

use std::fs;

use super::plays::ORACLE;
use super::program::{Place, Said, run, text};
use super::store::{Reply, Store};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.toml");

/// A run record of the small story, as a file.
fn small(place: &Place) -> String {
    let record = serde_json::json!({"scenario": SMALL, "seed": 7, "choices": ["pause", "promise", "arrange"]});
    place.file("run.json", record.to_string())
}

/// The program with a store's name and password in its environment.
fn with_password(place: &Place, args: &[&str], password: &str) -> Said {
    let mut command = place.command(args);
    command.env("RIDEALONG_LRS_NAME", "ridealong").env("RIDEALONG_LRS_PASSWORD", password);
    run(&mut command, b"")
}

#[test]
fn each_format_is_written() {
    let place = Place::new();
    let record = small(&place);
    for (format, begins) in [
        ("html", "<!DOCTYPE html>"),
        ("md", "# The Spare Key"),
        ("csv", "run,player,"),
        ("json", "{\n  \"run\": \""),
        ("xapi", "[\n  {\n    \"actor\": {"),
    ] {
        let said = place.run(&["export", &record, "--format", format, "--as", "Ann"]);
        assert!(said.ends(0).out.starts_with(begins), "{}", said.out);
        assert!(said.out.contains("Ann") && said.err.is_empty(), "{}", said.err);
        let piped = place.feed(&["export", "-", "--format", format, "--as", "Ann"], fs::read(&record).expect("there"));
        assert_eq!(piped.out, said.out, "from standard input");
    }
    assert!(place.run(&["export", &record]).ends(2).err.contains("--format <FORMAT>"));
    assert!(place.run(&["export", "--format", "md"]).ends(2).err.contains("<RUN>..."));
    place.run(&["export", "gone.json", "--format", "md"]).complains(2, &["gone.json does not exist"]);
    let odd = serde_json::json!({"scenario": SMALL, "seed": 7, "choices": ["jump"]}).to_string();
    place.feed(&["export", "-", "--format", "md"], odd).complains(1, &["choice 1 is \"jump\""]);
}

#[test]
fn several_runs_make_one_document() {
    let place = Place::new();
    let other = serde_json::json!({"scenario": ORACLE, "seed": 3, "choices": []});
    let (one, two) = (small(&place), place.file("two.json", other.to_string()));
    place.run(&["export", &one, &two, "--format", "md"]).ends(0).tells(&[
        "# Ridealong: 2 runs",
        "The Spare Key",
        "The Corner Office: not ended yet",
    ]);
}

#[test]
fn a_file_is_whole_or_as_it_was() {
    let place = Place::new();
    let record = small(&place);
    let page = place.file("page.md", "what was there");
    place.run(&["export", &record, "--format", "md", "-o", &page]).ends(0);
    let whole = fs::read_to_string(&page).expect("written");
    assert!(whole.starts_with("# The Spare Key") && whole.ends_with("digit.*\n"));
    // What fails leaves everything as it was, and nothing lies about.
    place.run(&["export", "gone.json", "--format", "md", "-o", &page]).complains(2, &["gone.json"]);
    assert_eq!(fs::read_to_string(&page).expect("still there"), whole);
    place.run(&["export", &record, "--format", "md", "-o", "no/where.md"]).complains(2, &["its folder does not exist"]);
    place.run(&["export", &record, "--format", "md", "-o", "."]).complains(2, &[". is a folder"]);
    place.own();
    let mut left: Vec<_> = fs::read_dir(place.folder.path()).expect("read").flatten().map(|e| e.file_name()).collect();
    left.sort();
    assert_eq!(left, ["own", "page.md", "run.json"]);
}

#[test]
#[cfg(unix)]
fn a_file_keeps_its_place_and_who_may_read_it() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let place = Place::new();
    let record = small(&place);
    let (file, link) = (place.file("page.md", ""), place.folder.path().join("link.md"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&file, &link).expect("linked");
    place.run(&["export", &record, "--format", "md", "-o", text(&link)]).ends(0);
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    let there = fs::metadata(&file).expect("there");
    assert_eq!((there.mode() & 0o777, there.len() > 0), (0o640, true));
    // A new one is like any other new file.
    let (new, usual) = (place.folder.path().join("new.md"), place.file("usual.md", ""));
    place.run(&["export", &record, "--format", "md", "-o", text(&new)]).ends(0);
    let mode = |path| fs::metadata(path).expect("there").mode();
    assert_eq!(mode(text(&new)), mode(&usual));
    // A device is written to, and not replaced.
    place.run(&["export", &record, "--format", "md", "-o", "/dev/null"]).ends(0);
    assert!(!fs::metadata("/dev/null").expect("there").is_file());
    place.run(&["export", &record, "--format", "md", "-o", "/dev/full"]).complains(2, &["there is no room left"]);
}

#[test]
fn statements_are_sent_and_sent_again() {
    let place = Place::new();
    let record = small(&place);
    let store = Store::new(|before| Reply::of(if before.requests == 0 { 503 } else { 200 }));
    let args = ["export", &record, "--format", "xapi", "--as", "Ann", "--send", &store.address];
    let said = with_password(&place, &args, "open sesame");
    let told = format!("4 statements for {}/statements: 4 taken, 0 there already, 0 refused.\n", store.address);
    assert_eq!((said.ends(0).out.as_str(), said.err.as_str()), (told.as_str(), ""));
    with_password(&place, &args, "open sesame").ends(0);
    let requests = store.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| request.body == requests[0].body), "the same every time");
    let begun = serde_json::json!({"scenario": SMALL, "seed": 7, "choices": ["pause"]});
    let begun = place.file("begun.json", begun.to_string());
    let said = with_password(&place, &["export", &begun, "--format", "xapi", "--send", &store.address], "x");
    said.ends(0).tells(&["No statements to send"]);
}

#[test]
fn what_can_not_be_sent_is_told_without_the_password() {
    let place = Place::new();
    let record = small(&place);
    let export = |send: &str, password: &str| {
        let said = with_password(&place, &["export", &record, "--format", "xapi", "--send", send], password);
        assert!(!said.err.contains("sesame") && !said.out.contains("sesame"), "{}", said.err);
        said
    };
    let wrong = Store::new(|_| Reply::of(401).saying("not sesame"));
    export(&wrong.address, "sesame").complains(2, &["doesn't know this name and password (401)"]);
    export("https://me:sesame@lrs.example.com", "x").complains(2, &["name or password in it", "environment"]);
    export("lrs.example.com", "sesame").complains(2, &["no web address", "https://lrs.example.com/xapi"]);
    export(&wrong.address, "").complains(2, &["RIDEALONG_LRS_PASSWORD is not set"]);
    let said = place.run(&["export", &record, "--format", "xapi", "--send", &wrong.address]);
    said.complains(2, &["RIDEALONG_LRS_NAME is not set"]);
    let said = place.run(&["export", &record, "--format", "html", "--send", &wrong.address]);
    said.complains(2, &["--format xapi"]);
    let home = ["export", &record, "--format", "xapi", "--home-page", "https://me:sesame@hr.example.com"];
    let said = place.run(&home);
    said.complains(2, &["no web address"]);
    assert!(!said.err.contains("sesame"));
    // Some were refused: it says which, and that it isn't all done.
    let picky = Store::new(|before| match before.ids.len() {
        1 if before.requests == 2 => Reply::of(400).saying("no such verb"),
        1 => Reply::of(200),
        _ => Reply::of(400),
    });
    let said = export(&picky.address, "x");
    said.ends(2).tells(&["4 statements for ", "3 taken, 0 there already, 1 refused."]);
    assert_eq!(said.err, "ridealong: refused: small, answered 2: 400: no such verb\n");
}
