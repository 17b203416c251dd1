#[derive(Debug,Clone)] pub struct ReportData;
pub fn html(_:&ReportData,_:&str)->String{"<!DOCTYPE html>".into()}
pub fn fragment(_:&ReportData)->String{String::new()}
