//! Parts that screens are made of. Each draws itself into whatever area it gets, however small.

pub mod bar;
pub mod big;
pub mod chart;
pub mod field;
pub mod frame;
pub mod options;
pub mod page;
pub mod prose;
pub mod tabs;
pub mod trust;
